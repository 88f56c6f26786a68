using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>The dialling side of a secret-handshake, without any IO. Each step once, in order.</summary>
/// <remarks>Spec: docs/protocol/stack.md §4.1.</remarks>
internal sealed class ShsClient : IDisposable
{
    private readonly AppKey _appKey;
    private readonly StackKeys _keys;
    private readonly Ed25519PublicKey _server;
    private readonly X25519PrivateKey _ephemeral;
    private readonly ShsSecrets _secrets;
    private readonly byte[] _hello = new byte[ShsMessages.HelloPlainSize];
    private X25519PublicKey _serverEphemeral;
    private bool _isAgreedWithServer;
    private bool _isAgreedAsClient;

    public ShsClient(in AppKey appKey, StackKeys keys, in Ed25519PublicKey server, X25519PrivateKey ephemeral)
    {
        _appKey = appKey;
        _keys = keys;
        _server = server;
        _ephemeral = ephemeral;
        _secrets = new ShsSecrets(appKey);
    }

    /// <summary>Message 1: 64 bytes.</summary>
    public void WriteChallenge(Span<byte> challenge) => ShsMessages.WriteChallenge(_appKey, _ephemeral.PublicKey, challenge);

    /// <summary>The agreement that needs no word of the server: made while it is at work on its own. Message 2 makes it else.</summary>
    /// <param name="converted">The server's key as one for agreements, if that was made before.</param>
    public StackError AgreeWithServer(X25519PublicKey? converted = null)
    {
        if (_isAgreedWithServer)
            return StackError.None;
        _isAgreedWithServer = converted is { } known
            ? _ephemeral.TryAgree(known, _secrets.WithServer)
            : _server.TryConvertToX25519(out var server) && _ephemeral.TryAgree(server, _secrets.WithServer);
        return _isAgreedWithServer ? StackError.None : StackError.LowOrderKey;
    }

    /// <summary>Message 2: 64 bytes.</summary>
    public StackError AcceptChallenge(ReadOnlySpan<byte> challenge)
    {
        var error = ShsMessages.TryReadChallenge(_appKey, challenge, out _serverEphemeral);
        if (error != StackError.None)
            return error;
        if (_serverEphemeral == _ephemeral.PublicKey)
            return StackError.ReflectedChallenge;
        return AgreeWithServer() == StackError.None
            && _ephemeral.TryAgree(_serverEphemeral, _secrets.Ephemeral)
            ? StackError.None
            : StackError.LowOrderKey;
    }

    /// <summary>Message 3: 112 bytes.</summary>
    public void WriteHello(Span<byte> hello)
    {
        Span<byte> proof = stackalloc byte[ShsSecrets.ClientProofSize];
        Span<byte> key = stackalloc byte[ShsMessages.HashSize];
        _secrets.WriteClientProof(_server, proof);
        _keys.Signing.Sign(proof).Bytes.CopyTo(_hello);
        _keys.PublicKey.Bytes.CopyTo(_hello.AsSpan(Ed25519Signature.Size));
        _secrets.DeriveHelloKey(key);
        ShsMessages.Seal(key, _hello, hello[..ShsMessages.HelloSize]);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>The agreement that the hello doesn't need: made while the server is at work on that. Message 4 makes it else.</summary>
    public StackError AgreeAsClient()
    {
        _isAgreedAsClient = _isAgreedAsClient || _keys.Agreement.TryAgree(_serverEphemeral, _secrets.WithClient);
        return _isAgreedAsClient ? StackError.None : StackError.LowOrderKey;
    }

    /// <summary>Message 4: 80 bytes.</summary>
    public StackError AcceptAccept(ReadOnlySpan<byte> accept, out ShsSession? session)
    {
        session = null;
        if (AgreeAsClient() is var error && error != StackError.None)
            return error;
        Span<byte> key = stackalloc byte[ShsMessages.HashSize];
        Span<byte> bytes = stackalloc byte[Ed25519Signature.Size];
        Span<byte> proof = stackalloc byte[ShsSecrets.ServerProofSize];
        _secrets.DeriveAcceptKey(key);
        var isOpen = ShsMessages.TryOpen(key, accept, bytes);
        CryptographicOperations.ZeroMemory(key);
        _secrets.WriteServerProof(_hello, proof);
        if (!isOpen || !Ed25519Signature.TryRead(bytes, out var signature) || !_server.Verify(proof, signature))
            return StackError.BadAccept;
        session = ShsSession.Derive(_secrets, _appKey, _keys.PublicKey, _server, _ephemeral.PublicKey, _serverEphemeral);
        return StackError.None;
    }

    /// <summary>Wipes the ephemeral key and all that was agreed.</summary>
    public void Dispose()
    {
        _ephemeral.Dispose();
        _secrets.Dispose();
        CryptographicOperations.ZeroMemory(_hello);
    }
}
