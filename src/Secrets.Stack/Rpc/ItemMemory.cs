using System.Buffers;
using System.Security.Cryptography;

namespace Secrets.Stack;

/// <summary>The memory of received items: taken by the reading loop, given back by consumers on other threads.</summary>
/// <remarks>
/// The shared pool keeps few arrays for each processor and would allocate for most small items in a long queue; at most 16 MiB
/// are kept here for all connections together.
/// </remarks>
internal static class ItemMemory
{
    private const int SmallSize = 8 << 10;
    private const int SmallCount = 1024;

    private static readonly ArrayPool<byte> Small = ArrayPool<byte>.Create(SmallSize, SmallCount);

    public static byte[] Rent(int size) => size <= SmallSize ? Small.Rent(size) : ArrayPool<byte>.Shared.Rent(size);

    /// <summary>Wipes what was used and gives the memory back; empty arrays are nobody's.</summary>
    public static void Return(byte[] buffer, int used)
    {
        if (buffer.Length == 0)
            return;
        CryptographicOperations.ZeroMemory(buffer.AsSpan(0, used));
        (buffer.Length <= SmallSize ? Small : ArrayPool<byte>.Shared).Return(buffer);
    }
}
