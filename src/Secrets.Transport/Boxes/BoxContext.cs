using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>Binds a channel's keys to a class and a relay: the copies of one box at two relays have nothing in common.</summary>
/// <remarks>
/// ctx = "secrets/1/box" ‖ class 1 ‖ relay id 32. Kc = HKDF-BLAKE2b-512(ikm = K, salt = ctx, info = none, 32), Ec the same from E.
/// Spec: docs/protocol/boxes.md §4.2.
/// </remarks>
internal static class BoxContext
{
    public const int Size = 13 + 1 + RelayId.Size; // label, class, relay id

    public static void Write(Span<byte> destination, in RelayId relay, BoxClass boxClass)
    {
        if (!boxClass.IsKnown)
            throw new ArgumentOutOfRangeException(nameof(boxClass));
        if (relay == default)
            throw new ArgumentException("A box is sealed for a relay.", nameof(relay));
        Labels.Box.CopyTo(destination);
        destination[Labels.Box.Length] = (byte)boxClass;
        relay.Bytes.CopyTo(destination[(Labels.Box.Length + 1)..]);
    }

    /// <summary>The blinding factor of an index under a context.</summary>
    public static BlindingFactor DeriveFactor(ReadOnlySpan<byte> blindingMaterial, ReadOnlySpan<byte> context)
    {
        Span<byte> bound = stackalloc byte[BoxIndexState.PartSize];
        Hkdf.DeriveBlake2b(bound, blindingMaterial, context, info: default);
        var factor = BlindingFactor.Derive(bound);
        CryptographicOperations.ZeroMemory(bound);
        return factor;
    }

    /// <summary>Ec: the key that seals the one box of an index under a context.</summary>
    public static SecretBuffer DeriveKey(ReadOnlySpan<byte> encryptionMaterial, ReadOnlySpan<byte> context)
    {
        var key = new SecretBuffer(SyntheticAead.KeySize);
        Hkdf.DeriveBlake2b(key.Bytes, encryptionMaterial, context, info: default);
        return key;
    }
}
