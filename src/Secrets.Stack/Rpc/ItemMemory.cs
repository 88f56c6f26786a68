using System.Buffers;
using System.Security.Cryptography;

namespace Secrets.Stack;

/// <summary>The memory of received items: taken by the reading loop, given back by consumers on other threads.</summary>
/// <remarks>
/// The shared pool keeps few arrays for each processor and would allocate for most small items in a long queue; at most 16 MiB
/// are kept here for all connections together. Each object of this type stands for one lent array after the other: the number of the
/// loan tells a late reader, or who gives back twice, that the memory is somebody else's by now.
/// </remarks>
internal sealed class ItemMemory
{
    private const int SmallSize = 8 << 10;
    private const int SmallCount = 1024;
    private const int MaxSpare = 4096;

    private static readonly ArrayPool<byte> Small = ArrayPool<byte>.Create(SmallSize, SmallCount);
    private static readonly Lock Gate = new();
    private static readonly Stack<ItemMemory> Spare = new();

    private byte[]? _buffer;
    private int _lease;

    private ItemMemory()
    {
    }

    public static byte[] Rent(int size) => size <= SmallSize ? Small.Rent(size) : ArrayPool<byte>.Shared.Rent(size);

    /// <summary>Wipes what was used and gives the memory back; empty arrays are nobody's.</summary>
    public static void Return(byte[] buffer, int used)
    {
        if (buffer.Length == 0)
            return;
        CryptographicOperations.ZeroMemory(buffer.AsSpan(0, used));
        (buffer.Length <= SmallSize ? Small : ArrayPool<byte>.Shared).Return(buffer);
    }

    /// <summary>Lends a rented array to an item.</summary>
    public static ItemMemory Lend(byte[] buffer, out int lease)
    {
        ItemMemory? memory;
        lock (Gate)
            _ = Spare.TryPop(out memory);
        memory ??= new ItemMemory();
        memory._buffer = buffer;
        lease = Volatile.Read(ref memory._lease);
        return memory;
    }

    /// <summary>The array; null if it was given back.</summary>
    public byte[]? Get(int lease)
    {
        var buffer = _buffer;
        return Volatile.Read(ref _lease) == lease ? buffer : null;
    }

    /// <summary>Ends a loan, once.</summary>
    public void GiveBack(int lease, int used)
    {
        if (Interlocked.CompareExchange(ref _lease, lease + 1, lease) != lease)
            return;
        var buffer = _buffer!;
        _buffer = null;
        Return(buffer, used);
        lock (Gate)
        {
            if (Spare.Count < MaxSpare)
                Spare.Push(this);
        }
    }
}
