using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>What a sender publishes with a step: dh 32 ‖ ek 1,184 ‖ ct 1,088, views into one piece of memory.</summary>
internal static class StepKeys
{
    public const int Size = X25519PublicKey.Size + MlKemEncapsulationKey.Size + MlKemEncapsulationKey.CiphertextSize;

    public static Span<byte> Agreement(Span<byte> keys) => keys[..X25519PublicKey.Size];

    public static ReadOnlySpan<byte> Agreement(ReadOnlySpan<byte> keys) => keys[..X25519PublicKey.Size];

    public static Span<byte> Encapsulation(Span<byte> keys) => keys.Slice(X25519PublicKey.Size, MlKemEncapsulationKey.Size);

    public static ReadOnlySpan<byte> Encapsulation(ReadOnlySpan<byte> keys) => keys.Slice(X25519PublicKey.Size, MlKemEncapsulationKey.Size);

    public static Span<byte> Ciphertext(Span<byte> keys) => keys[^MlKemEncapsulationKey.CiphertextSize..];

    public static ReadOnlySpan<byte> Ciphertext(ReadOnlySpan<byte> keys) => keys[^MlKemEncapsulationKey.CiphertextSize..];
}
