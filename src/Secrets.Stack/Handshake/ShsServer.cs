using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>The accepting side of a secret-handshake, without any IO. Each step once, in order.</summary>
/// <remarks>Spec: docs/protocol/stack.md §4.2.</remarks>
internal sealed class ShsServer : IDisposable
{
    private readonly AppKey _appKey;
    private readonly StackKeys _keys;
    private readonly X25519PrivateKey _ephemeral;
    private readonly ShsSecrets _secrets;
    private readonly byte[] _hello = new byte[ShsMessages.HelloPlainSize];
    private X25519PublicKey _clientEphemeral;

    public ShsServer(in AppKey appKey, StackKeys keys, X25519PrivateKey ephemeral)
    {
        _appKey = appKey;
        _keys = keys;
        _ephemeral = ephemeral;
        _secrets = new ShsSecrets(appKey);
    }

    /// <summary>The client's key, after <see cref="AcceptHello"/>.</summary>
    public Ed25519PublicKey Client { get; private set; }

    /// <summary>Whether message 1 is of this network, before any work on the curve: then message 2 may go out, and the client works while <see cref="AcceptChallenge"/> does.</summary>
    public StackError CheckChallenge(ReadOnlySpan<byte> challenge) => ShsMessages.TryReadChallenge(_appKey, challenge, out _);

    /// <summary>Message 1: 64 bytes.</summary>
    public StackError AcceptChallenge(ReadOnlySpan<byte> challenge)
    {
        var error = ShsMessages.TryReadChallenge(_appKey, challenge, out _clientEphemeral);
        if (error != StackError.None)
            return error;
        return _ephemeral.TryAgree(_clientEphemeral, _secrets.Ephemeral) && _keys.Agreement.TryAgree(_clientEphemeral, _secrets.WithServer)
            ? StackError.None
            : StackError.LowOrderKey;
    }

    /// <summary>Message 2: 64 bytes.</summary>
    public void WriteChallenge(Span<byte> challenge) => ShsMessages.WriteChallenge(_appKey, _ephemeral.PublicKey, challenge);

    /// <summary>Message 3: 112 bytes. The client's key is checked as a point before its signature is.</summary>
    public StackError AcceptHello(ReadOnlySpan<byte> hello)
    {
        Span<byte> key = stackalloc byte[ShsMessages.HashSize];
        Span<byte> proof = stackalloc byte[ShsSecrets.ClientProofSize];
        _secrets.DeriveHelloKey(key);
        var isOpen = ShsMessages.TryOpen(key, hello, _hello);
        CryptographicOperations.ZeroMemory(key);
        if (!isOpen || !Ed25519Signature.TryRead(_hello.AsSpan(0, Ed25519Signature.Size), out var signature))
            return StackError.BadHello;
        if (!Ed25519PublicKey.TryRead(_hello.AsSpan(Ed25519Signature.Size), out var client, out var agreement))
            return StackError.LowOrderKey;
        _secrets.WriteClientProof(_keys.PublicKey, proof);
        if (!client.Verify(proof, signature))
            return StackError.BadHello;
        if (!_ephemeral.TryAgree(agreement, _secrets.WithClient))
            return StackError.LowOrderKey;
        Client = client;
        return StackError.None;
    }

    /// <summary>Message 4: 80 bytes, and the keys.</summary>
    public ShsSession WriteAccept(Span<byte> accept)
    {
        Span<byte> proof = stackalloc byte[ShsSecrets.ServerProofSize];
        Span<byte> key = stackalloc byte[ShsMessages.HashSize];
        _secrets.WriteServerProof(_hello, proof);
        var signature = _keys.Signing.Sign(proof);
        _secrets.DeriveAcceptKey(key);
        ShsMessages.Seal(key, signature.Bytes, accept[..ShsMessages.AcceptSize]);
        CryptographicOperations.ZeroMemory(key);
        return ShsSession.Derive(_secrets, _appKey, _keys.PublicKey, Client, _ephemeral.PublicKey, _clientEphemeral);
    }

    /// <summary>Wipes the ephemeral key and all that was agreed.</summary>
    public void Dispose()
    {
        _ephemeral.Dispose();
        _secrets.Dispose();
        CryptographicOperations.ZeroMemory(_hello);
    }
}
