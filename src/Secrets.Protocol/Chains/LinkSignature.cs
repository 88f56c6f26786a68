using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>Signatures of this layer: Ed25519 over label ‖ 32-byte hash, so that no signature serves for anything else.</summary>
internal static class LinkSignature
{
    private const int MaxLabelSize = 32;

    public static Ed25519Signature Sign(ReadOnlySpan<byte> label, in Hash256 hash, Ed25519PrivateKey key) =>
        key.Sign(Join(label, hash, stackalloc byte[MaxLabelSize + Hash256.Size]));

    public static Ed25519Signature Sign(ReadOnlySpan<byte> label, in Hash256 hash, BlindedSigningKey key) =>
        key.Sign(Join(label, hash, stackalloc byte[MaxLabelSize + Hash256.Size]));

    public static bool Verify(ReadOnlySpan<byte> label, in Hash256 hash, in Ed25519PublicKey key, in Ed25519Signature signature) =>
        key.Verify(Join(label, hash, stackalloc byte[MaxLabelSize + Hash256.Size]), signature);

    private static ReadOnlySpan<byte> Join(ReadOnlySpan<byte> label, in Hash256 hash, Span<byte> scratch)
    {
        label.CopyTo(scratch);
        hash.Bytes.CopyTo(scratch[label.Length..]);
        return scratch[..(label.Length + Hash256.Size)];
    }
}
