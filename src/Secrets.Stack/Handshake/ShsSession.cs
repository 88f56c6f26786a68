using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>What a finished handshake leaves: who the other side is, and a key and a first nonce for each direction.</summary>
internal sealed class ShsSession : IDisposable
{
    private ShsSession(Ed25519PublicKey remoteKey, Hash256 binding, BoxSealer sealer, BoxOpener opener)
    {
        RemoteKey = remoteKey;
        Binding = binding;
        Sealer = sealer;
        Opener = opener;
    }

    public Ed25519PublicKey RemoteKey { get; }

    /// <summary>A value that both sides of this connection have, and nobody has for another one.</summary>
    public Hash256 Binding { get; }

    public BoxSealer Sealer { get; }

    public BoxOpener Opener { get; }

    /// <summary>The keys of both directions: SHA-256(SHA-256(accept key) ‖ receiver's long-term key).</summary>
    public static ShsSession Derive(ShsSecrets secrets, in AppKey appKey, in Ed25519PublicKey own, in Ed25519PublicKey remote, in X25519PublicKey ownEphemeral, in X25519PublicKey remoteEphemeral)
    {
        // the agreed value, and the receiver's key behind it
        Span<byte> session = stackalloc byte[ShsMessages.HashSize + Ed25519PublicKey.Size];
        Span<byte> key = stackalloc byte[ShsMessages.HashSize];
        Span<byte> mac = stackalloc byte[ShsMessages.MacSize];
        secrets.DeriveAcceptKey(key);
        _ = SHA256.HashData(key, session);
        var binding = LabelledHash.Start(Labels.Binding).Add(session[..ShsMessages.HashSize]).Finish();

        remote.Bytes.CopyTo(session[ShsMessages.HashSize..]);
        _ = SHA256.HashData(session, key);
        ShsMessages.Mac(appKey, remoteEphemeral, mac);
        var sealer = new BoxSealer(key, mac[..XSalsa20Poly1305.NonceSize]);

        own.Bytes.CopyTo(session[ShsMessages.HashSize..]);
        _ = SHA256.HashData(session, key);
        ShsMessages.Mac(appKey, ownEphemeral, mac);
        var opener = new BoxOpener(key, mac[..XSalsa20Poly1305.NonceSize]);

        CryptographicOperations.ZeroMemory(session);
        CryptographicOperations.ZeroMemory(key);
        return new ShsSession(remote, binding, sealer, opener);
    }

    public void Dispose()
    {
        Sealer.Dispose();
        Opener.Dispose();
    }
}
