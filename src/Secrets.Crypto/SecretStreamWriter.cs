namespace Secrets.Crypto;

/// <summary>Writes an XChaCha20-Poly1305 stream: messages that can't be changed, reordered, left out or cut off.</summary>
/// <remarks>libsodium's crypto_secretstream_xchacha20poly1305, byte for byte. Spec: docs/protocol/primitives.md §4.7.</remarks>
public sealed class SecretStreamWriter : IDisposable
{
    /// <summary>Key size in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Size in bytes of the header, which stands before the first message.</summary>
    public const int HeaderSize = 24;

    /// <summary>How much longer a ciphertext is than its message: 1 tag, 16 authenticator.</summary>
    public const int Overhead = 1 + 16;

    internal const int StateSize = 32 + 12 + 8; // key, counter with nonce, padding

    private readonly SecretBuffer _state = new(StateSize);
    private bool _finished;

    private SecretStreamWriter(ReadOnlySpan<byte> header, ReadOnlySpan<byte> key) =>
        CryptoBackend.Current.SecretStreamStart(_state.Bytes, header, key);

    /// <summary>Starts a stream under a key and writes its header (24 random bytes).</summary>
    /// <exception cref="ArgumentException">A size is wrong.</exception>
    public static SecretStreamWriter Create(Span<byte> header, ReadOnlySpan<byte> key, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckSizes(header, key);
        random.Fill(header);
        return new SecretStreamWriter(header, key);
    }

    /// <summary>Seals the next message; the ciphertext is 17 bytes longer.</summary>
    /// <exception cref="ArgumentException">A size is wrong, the memory overlaps, or the tag is no tag.</exception>
    /// <exception cref="InvalidOperationException">The final message was written.</exception>
    public void Push(Span<byte> ciphertext, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData, SecretStreamTag tag)
    {
        CheckMessage(ciphertext, message);
        if (tag is < SecretStreamTag.None or > SecretStreamTag.Final)
            throw new ArgumentOutOfRangeException(nameof(tag));
        if (_finished)
            throw new InvalidOperationException("The stream has had its final message.");
        CryptoBackend.Current.SecretStreamPush(_state.Bytes, ciphertext, message, associatedData, (byte)tag);
        _finished = tag == SecretStreamTag.Final;
    }

    /// <summary>Goes on with a new key without saying so; the reader must do so at the same place.</summary>
    public void Rekey() => CryptoBackend.Current.SecretStreamRekey(_state.Bytes);

    /// <summary>Wipes the state.</summary>
    public void Dispose() => _state.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(SecretStreamWriter);

    internal static void CheckSizes(ReadOnlySpan<byte> header, ReadOnlySpan<byte> key)
    {
        if (header.Length != HeaderSize)
            throw new ArgumentException("The header of a stream has 24 bytes.", nameof(header));
        if (key.Length != KeySize)
            throw new ArgumentException("The key of a stream has 32 bytes.", nameof(key));
    }

    internal static void CheckMessage(ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> message)
    {
        if (ciphertext.Length != message.Length + Overhead)
            throw new ArgumentException("The ciphertext is 17 bytes longer than the message.");
        if (ciphertext.Overlaps(message))
            throw new ArgumentException("Message and ciphertext may not overlap.");
    }
}
