using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <content>Sending.</content>
public sealed partial class Session
{
    /// <summary>
    /// Encrypts a plaintext into 4,052 bytes. The first message after one was received makes a root step; the others of its chain
    /// reuse that step's keys and cost no public-key operation.
    /// </summary>
    /// <exception cref="InvalidOperationException">The guest's session has not yet been confirmed, or a chain is used up.</exception>
    /// <exception cref="ArgumentException">The plaintext is too long, or the destination has another size.</exception>
    public void Encrypt(ReadOnlySpan<byte> plaintext, RandomSource random, Span<byte> message)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (plaintext.Length > MaxPlaintextSize)
            throw new ArgumentException("A session message holds 1,652 bytes.", nameof(plaintext));
        if (message.Length != MessageSize)
            throw new ArgumentException("A session message has 4,052 bytes.", nameof(message));
        if (!CanEncrypt)
            throw new InvalidOperationException("The owner of the secret sends the first message.");
        if (_stepPending)
            StepForSending(random);
        if (_sendNumber == uint.MaxValue)
            throw new InvalidOperationException("This chain is used up.");

        SessionHeader.Set(_sendHeader, _sendNumber, plaintext.Length);
        var encryptedHeader = message[..EncryptedHeaderSize];
        SealHeader(encryptedHeader, random);

        Span<byte> key = stackalloc byte[ChainKey.Size];
        Span<byte> bodyKey = stackalloc byte[SyntheticAead.KeySize];
        ChainKey.DeriveMessageKey(SendChainKey, key);
        ChainKey.DeriveBodyKey(key, bodyKey);
        SealBody(message[EncryptedHeaderSize..], plaintext, encryptedHeader, bodyKey);
        ChainKey.Advance(SendChainKey);
        _sendNumber++;
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(bodyKey);
    }

    private void SealHeader(Span<byte> encryptedHeader, RandomSource random)
    {
        Span<byte> associatedData = stackalloc byte[64];
        var length = WriteHeaderAssociatedData(associatedData, _role);
        // one header key seals many headers, so the nonce is random
        var nonce = encryptedHeader[..XChaCha20Poly1305.NonceSize];
        random.Fill(nonce);
        XChaCha20Poly1305.Seal(encryptedHeader[XChaCha20Poly1305.NonceSize..], _sendHeader, associatedData[..length], nonce, SendHeaderKey);
    }

    private void SealBody(Span<byte> body, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> encryptedHeader, ReadOnlySpan<byte> bodyKey)
    {
        Span<byte> padded = stackalloc byte[MaxPlaintextSize];
        plaintext.CopyTo(padded);
        padded[plaintext.Length..].Clear();
        Span<byte> associatedData = stackalloc byte[Hash256.Size + 1 + EncryptedHeaderSize];
        WriteBodyAssociatedData(associatedData, _role, encryptedHeader);
        SyntheticAead.Seal(body, padded, associatedData, bodyKey);
        CryptographicOperations.ZeroMemory(padded);
    }

    // order of the random bytes: X25519 32, ML-KEM seed 64, encapsulation 32
    private void StepForSending(RandomSource random)
    {
        var own = RatchetKeyPair.Generate(random);
        Span<byte> output = stackalloc byte[RootStep.OutputSize];
        if (!RootStep.TrySend(output, RootKey, own, _peerStepKeys, random, _ownStepKeys))
            throw new System.Diagnostics.UnreachableException(); // the peer's keys were tried when they arrived
        _own?.Dispose();
        _own = own;
        NextSendHeaderKey.CopyTo(SendHeaderKey);
        output[..KeySize].CopyTo(RootKey);
        output.Slice(KeySize, KeySize).CopyTo(SendChainKey);
        output[(2 * KeySize)..].CopyTo(NextSendHeaderKey);
        CryptographicOperations.ZeroMemory(output);
        _previousCount = _sendNumber;
        _sendNumber = 0;
        _rootSteps++;
        SessionHeader.Start(_sendHeader, _ownStepKeys, _previousCount);
        _stepPending = false;
        _canSend = true;
    }
}
