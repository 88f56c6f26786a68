using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>The one door to randomness. Everything random in the project comes through here.</summary>
/// <remarks>Production code passes <see cref="System"/>; only tests can make another, as the constructor is internal. Spec: docs/protocol/primitives.md §4.10.</remarks>
public abstract class RandomSource
{
    internal RandomSource()
    {
    }

    /// <summary>The operating system's generator; in the browser <c>crypto.getRandomValues</c>.</summary>
    public static RandomSource System { get; } = new SystemRandomSource();

    /// <summary>Fills the whole span with random bytes.</summary>
    public abstract void Fill(Span<byte> destination);

    /// <summary>A uniformly random number in [0, <paramref name="exclusiveLimit"/>), by rejection.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is zero.</exception>
    public uint Next(uint exclusiveLimit)
    {
        ArgumentOutOfRangeException.ThrowIfZero(exclusiveLimit);
        var rejectBelow = unchecked((uint)-exclusiveLimit) % exclusiveLimit;
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        while (true)
        {
            Fill(bytes);
            var number = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            if (number < rejectBelow)
                continue;
            CryptographicOperations.ZeroMemory(bytes);
            return number % exclusiveLimit;
        }
    }

    private sealed class SystemRandomSource : RandomSource
    {
#pragma warning disable RS0030 // this class is the door
        public override void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
#pragma warning restore RS0030
    }
}
