using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>What a writer has for one index at one relay: the blinded signing key and the key of the box there.</summary>
/// <remarks>s = f · a mod L, M = s · B. Never hand s on: every reader knows f, so s gives the channel's private key. Spec: docs/protocol/boxes.md §4.3, §4.4.</remarks>
public sealed class BoxWriteKeys : IDisposable
{
    private readonly BlindedSigningKey _signingKey;
    private readonly SecretBuffer _key;
    private readonly BoxAddress _address;

    private BoxWriteKeys(BlindedSigningKey signingKey, SecretBuffer key, BoxClass boxClass)
    {
        _signingKey = signingKey;
        _key = key;
        _address = BoxAddress.FromKey(signingKey.PublicKey);
        Class = boxClass;
    }

    /// <summary>Where the box lies.</summary>
    public ref readonly BoxAddress Address => ref _address;

    /// <summary>The channel's class.</summary>
    public BoxClass Class { get; }

    internal static BoxWriteKeys Derive(Ed25519PrivateKey root, BoxIndexState state, in RelayId relay, BoxClass boxClass)
    {
        Span<byte> context = stackalloc byte[BoxContext.Size];
        BoxContext.Write(context, relay, boxClass);
        using var factor = BoxContext.DeriveFactor(state.BlindingMaterial, context);
        return new BoxWriteKeys(root.Blind(factor), BoxContext.DeriveKey(state.EncryptionMaterial, context), boxClass);
    }

    /// <summary>Seals and signs one body; the same input gives the same box.</summary>
    /// <exception cref="ArgumentException">The body is longer than the class holds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The kind does not exist.</exception>
    public SealedBox Seal(BoxKind kind, ReadOnlySpan<byte> body)
    {
        if (!BoxPlaintext.IsKind(kind))
            throw new ArgumentOutOfRangeException(nameof(kind));
        if (body.Length > Class.MaxBodySize)
            throw new ArgumentException("The body is longer than a box of this class holds.", nameof(body));
        var plaintext = new byte[Class.PlaintextSize];
        BoxPlaintext.Write(plaintext, kind, body);
        var box = SealPlaintext(plaintext);
        CryptographicOperations.ZeroMemory(plaintext);
        return box;
    }

    /// <summary>The delete of this box.</summary>
    public Tombstone SignTombstone() => new(_address, _signingKey.Sign(default));

    /// <summary>Wipes the keys.</summary>
    public void Dispose()
    {
        _signingKey.Dispose();
        _key.Dispose();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BoxWriteKeys);

    /// <summary>Seals a plaintext of full size as it is.</summary>
    internal SealedBox SealPlaintext(ReadOnlySpan<byte> plaintext)
    {
        var payload = new byte[Class.SealedSize];
        SyntheticAead.Seal(payload, plaintext, _address.Bytes, _key.Bytes);
        return SealedBox.FromTrusted(_address, _signingKey.Sign(payload), payload, Class);
    }
}
