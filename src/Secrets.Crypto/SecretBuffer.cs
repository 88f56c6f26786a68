using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>Secret bytes of fixed length with one owner: pinned, so that the collector makes no copies, and wiped on disposal.</summary>
/// <remarks>No equality, no text form, no clone. Key types of all layers wrap one. Wiping is best effort in the browser. Spec: docs/protocol/primitives.md §4.10.</remarks>
public sealed class SecretBuffer : IDisposable
{
    private byte[]? _bytes;

    /// <summary>A buffer of <paramref name="size"/> zero bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is zero or negative.</exception>
    public SecretBuffer(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        _bytes = GC.AllocateArray<byte>(size, pinned: true);
    }

    /// <summary>A buffer holding a copy of <paramref name="source"/>; the caller wipes its own.</summary>
    public SecretBuffer(ReadOnlySpan<byte> source) : this(source.Length) => source.CopyTo(Bytes);

    /// <summary>Length in bytes.</summary>
    public int Length => Owned.Length;

    /// <summary>True after <see cref="Dispose"/>.</summary>
    public bool IsDisposed => _bytes is null;

    /// <summary>The bytes themselves. Valid until disposal.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was wiped.</exception>
    internal Span<byte> Bytes => Owned;

    /// <summary>The bytes as memory, for the one asynchronous primitive.</summary>
    internal Memory<byte> Memory => Owned;

    private byte[] Owned => _bytes ?? throw new ObjectDisposedException(nameof(SecretBuffer));

    /// <summary>A buffer of random bytes.</summary>
    public static SecretBuffer Generate(int size, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var buffer = new SecretBuffer(size);
        random.Fill(buffer.Bytes);
        return buffer;
    }

    /// <summary>Copies the secret out, for sealing it into a store. The destination must be as long as the buffer.</summary>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void ExportForVault(Span<byte> destination)
    {
        if (destination.Length != Length)
            throw new ArgumentException("The destination has another length.", nameof(destination));
        Bytes.CopyTo(destination);
    }

    /// <summary>Wipes the bytes.</summary>
    public void Dispose()
    {
        if (_bytes is null)
            return;
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = null;
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(SecretBuffer);
}
