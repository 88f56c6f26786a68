using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>The agreed values of a handshake in progress: app key ‖ ab ‖ aB ‖ Ab, wiped as one.</summary>
internal sealed class ShsSecrets : IDisposable
{
    private const int Shared = X25519PrivateKey.SharedSize;
    private readonly SecretBuffer _material = new(AppKey.Size + (3 * Shared));

    public ShsSecrets(in AppKey appKey) => appKey.Bytes.CopyTo(_material.Bytes);

    /// <summary>The agreement of the two ephemeral keys.</summary>
    public Span<byte> Ephemeral => _material.Bytes.Slice(AppKey.Size, Shared);

    /// <summary>The agreement of the client's ephemeral and the server's long-term key.</summary>
    public Span<byte> WithServer => _material.Bytes.Slice(AppKey.Size + Shared, Shared);

    /// <summary>The agreement of the client's long-term and the server's ephemeral key.</summary>
    public Span<byte> WithClient => _material.Bytes.Slice(AppKey.Size + (2 * Shared), Shared);

    /// <summary>The key of the hello: SHA-256(app key ‖ ab ‖ aB).</summary>
    public void DeriveHelloKey(Span<byte> key) => SHA256.HashData(_material.Bytes[..(AppKey.Size + (2 * Shared))], key);

    /// <summary>The key of the accept: SHA-256(app key ‖ ab ‖ aB ‖ Ab).</summary>
    public void DeriveAcceptKey(Span<byte> key) => SHA256.HashData(_material.Bytes, key);

    /// <summary>What the client signs: app key ‖ server's key ‖ SHA-256(ab).</summary>
    public void WriteClientProof(in Ed25519PublicKey server, Span<byte> message)
    {
        _material.Bytes[..AppKey.Size].CopyTo(message);
        server.Bytes.CopyTo(message[AppKey.Size..]);
        _ = SHA256.HashData(Ephemeral, message[(AppKey.Size + Ed25519PublicKey.Size)..]);
    }

    /// <summary>What the server signs: app key ‖ hello ‖ SHA-256(ab).</summary>
    public void WriteServerProof(ReadOnlySpan<byte> hello, Span<byte> message)
    {
        _material.Bytes[..AppKey.Size].CopyTo(message);
        hello.CopyTo(message[AppKey.Size..]);
        _ = SHA256.HashData(Ephemeral, message[(AppKey.Size + ShsMessages.HelloPlainSize)..]);
    }

    public void Dispose() => _material.Dispose();

    public const int ClientProofSize = AppKey.Size + Ed25519PublicKey.Size + ShsMessages.HashSize;
    public const int ServerProofSize = AppKey.Size + ShsMessages.HelloPlainSize + ShsMessages.HashSize;
}
