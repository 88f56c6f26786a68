using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chains;

/// <summary>The first link of a participant chain, 178 bytes, signed by the device that starts it.</summary>
/// <remarks>
/// version (1) ‖ kind (1) ‖ random (16) ‖ device Ed25519 (32) ‖ device X25519 ik (32) ‖ recovery Ed25519 (32) ‖ signature (64).
/// Its hash, over all but the signature, is the participant id. Spec: docs/protocol/chains.md §3.1.
/// </remarks>
public sealed class FirstLink
{
    /// <summary>Size of the random value.</summary>
    public const int RandomSize = 16;

    /// <summary>Size in bytes; formats that hold a first link leave room for <see cref="MaxSize"/>.</summary>
    public const int Size = UnsignedSize + Ed25519Signature.Size;

    /// <summary>Room that offers and answers leave for a first link.</summary>
    public const int MaxSize = 220;

    internal const byte Version = 1;
    internal const byte Kind = 1;

    private const int UnsignedSize = 1 + 1 + RandomSize + 3 * Ed25519PublicKey.Size; // version, kind, random, three keys

    private readonly byte[] _bytes;

    private FirstLink(ReadOnlySpan<byte> bytes, in Ed25519PublicKey device, in X25519PublicKey agreement, in Ed25519PublicKey recovery)
    {
        _bytes = bytes.ToArray();
        Device = device;
        Agreement = agreement;
        Recovery = recovery;
        Hash = HashOf(bytes);
    }

    /// <summary>The link as it travels.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The random value that makes the chain's recovery key and id its own.</summary>
    public ReadOnlySpan<byte> Random => _bytes.AsSpan(2, RandomSize);

    /// <summary>The first device's signing key.</summary>
    public Ed25519PublicKey Device { get; }

    /// <summary>The first device's <c>ik</c>.</summary>
    public X25519PublicKey Agreement { get; }

    /// <summary>The recovery key: the identity's backup root, blinded for this chain.</summary>
    public Ed25519PublicKey Recovery { get; }

    /// <summary>Hash of the link.</summary>
    public Hash256 Hash { get; }

    /// <summary>The participant id.</summary>
    public ParticipantId Participant => ParticipantId.Of(Hash);

    /// <summary>Reads and verifies exactly one first link.</summary>
    public static ChainError TryRead(ReadOnlySpan<byte> source, out FirstLink? link)
    {
        link = null;
        var reader = new WireReader(source);
        if (source.Length < Size)
            return ChainError.Truncated;
        if (source.Length > Size)
            return ChainError.TooLong;
        _ = reader.TryReadByte(out var version);
        _ = reader.TryReadByte(out var kind);
        if (version != Version || kind != Kind)
            return ChainError.UnknownVersion;
        _ = reader.TryReadFixed(RandomSize, out _);
        _ = reader.TryReadFixed(Ed25519PublicKey.Size, out var deviceBytes);
        _ = reader.TryReadFixed(X25519PublicKey.Size, out var agreementBytes);
        _ = reader.TryReadFixed(Ed25519PublicKey.Size, out var recoveryBytes);
        _ = Ed25519Signature.TryRead(source[UnsignedSize..], out var signature);
        if (!Ed25519PublicKey.TryRead(deviceBytes, out var device) || !X25519PublicKey.TryRead(agreementBytes, out var agreement)
            || !Ed25519PublicKey.TryRead(recoveryBytes, out var recovery) || device == recovery)
        {
            return ChainError.InvalidKey;
        }

        if (!LinkSignature.Verify(Labels.SignFirst, HashOf(source), device, signature))
            return ChainError.InvalidSignature;
        link = new FirstLink(source, device, agreement, recovery);
        return ChainError.None;
    }

    internal static FirstLink Create(DeviceKeys device, in Ed25519PublicKey recovery, ReadOnlySpan<byte> random)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var writer = new WireWriter(bytes);
        writer.WriteByte(Version);
        writer.WriteByte(Kind);
        writer.WriteFixed(random);
        writer.WriteFixed(device.Signing.PublicKey.Bytes);
        writer.WriteFixed(device.Agreement.PublicKey.Bytes);
        writer.WriteFixed(recovery.Bytes);
        writer.WriteFixed(LinkSignature.Sign(Labels.SignFirst, HashOf(bytes), device.Signing).Bytes);
        return new FirstLink(bytes, device.Signing.PublicKey, device.Agreement.PublicKey, recovery);
    }

    private static Hash256 HashOf(ReadOnlySpan<byte> bytes) =>
        LabelledHash.Start(Labels.FirstLink).Add(bytes[..UnsignedSize]).Finish();
}
