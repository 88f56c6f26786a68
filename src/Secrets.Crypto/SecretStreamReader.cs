using System.Security.Cryptography;

namespace Secrets.Crypto;

/// <summary>Reads what <see cref="SecretStreamWriter"/> wrote, message by message, in its order.</summary>
/// <remarks>A stream that ends while <see cref="IsFinished"/> is false was cut off. Spec: docs/protocol/primitives.md §4.7.</remarks>
public sealed class SecretStreamReader : IDisposable
{
    private readonly SecretBuffer _state = new(SecretStreamWriter.StateSize);

    private SecretStreamReader(ReadOnlySpan<byte> header, ReadOnlySpan<byte> key) =>
        CryptoBackend.Current.SecretStreamStart(_state.Bytes, header, key);

    /// <summary>True once the message with the tag <see cref="SecretStreamTag.Final"/> was read.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Starts reading a stream from its header.</summary>
    /// <exception cref="ArgumentException">A size is wrong.</exception>
    public static SecretStreamReader Create(ReadOnlySpan<byte> header, ReadOnlySpan<byte> key)
    {
        SecretStreamWriter.CheckSizes(header, key);
        return new SecretStreamReader(header, key);
    }

    /// <summary>
    /// Opens the next message; false, with the message wiped and the state as it was, if it was changed, isn't the next one, or comes
    /// after the final one; false too for a tag that is none, which only a holder of the key can have sealed.
    /// </summary>
    /// <exception cref="ArgumentException">A size is wrong or the memory overlaps; check the length of bytes from outside first.</exception>
    public bool TryPull(Span<byte> message, out SecretStreamTag tag, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> associatedData)
    {
        SecretStreamWriter.CheckMessage(ciphertext, message);
        tag = SecretStreamTag.None;
        if (!IsFinished && CryptoBackend.Current.SecretStreamPull(_state.Bytes, message, out var found, ciphertext, associatedData)
            && found <= (byte)SecretStreamTag.Final)
        {
            tag = (SecretStreamTag)found;
            IsFinished = tag == SecretStreamTag.Final;
            return true;
        }
        CryptographicOperations.ZeroMemory(message);
        return false;
    }

    /// <summary>Goes on with a new key, where the writer did without saying so.</summary>
    public void Rekey() => CryptoBackend.Current.SecretStreamRekey(_state.Bytes);

    /// <summary>Wipes the state.</summary>
    public void Dispose() => _state.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(SecretStreamReader);
}
