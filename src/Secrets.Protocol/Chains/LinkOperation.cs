using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chains;

/// <summary>One operation of a link: code (u16) ‖ length (u16) ‖ body.</summary>
/// <remarks>The highest bit of the code marks an operation that a reader who does not know it may pass over. Spec: docs/protocol/chains.md §3.3.</remarks>
public sealed class LinkOperation
{
    internal const ushort IgnorableFlag = 0x8000;
    internal const int MaxBodySize = 512;

    private const int HeadSize = 2 * sizeof(ushort); // code + length
    private const int AddDeviceSize = Ed25519PublicKey.Size + X25519PublicKey.Size + Ed25519Signature.Size;
    private const int RevokeSize = Ed25519PublicKey.Size;
    private const int ReplaceRecoverySize = Ed25519PublicKey.Size + Ed25519Signature.Size;

    private LinkOperation(ushort code, LinkOperationKind kind, ReadOnlySpan<byte> body)
    {
        Code = code;
        Kind = kind;
        Body = body.ToArray();
    }

    /// <summary>The number of the operation as it stands in the link.</summary>
    public ushort Code { get; }

    /// <summary>Which operation it is, or Unknown.</summary>
    public LinkOperationKind Kind { get; }

    /// <summary>True if a reader that does not know the operation may pass over it.</summary>
    public bool IsIgnorable => (Code & IgnorableFlag) != 0;

    /// <summary>The body as it stands in the link.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The key that is added, revoked or the new recovery key; <c>default</c> for unknown operations.</summary>
    public Ed25519PublicKey Key { get; private init; }

    /// <summary>The added device's <c>ik</c>; <c>default</c> for other operations.</summary>
    public X25519PublicKey Agreement { get; private init; }

    internal Ed25519Signature BackSignature { get; private init; }

    internal int Size => HeadSize + Body.Length;

    /// <summary>What an added key signs: chain, position, signer and itself with its companion.</summary>
    internal static Hash256 AddedHash(in ParticipantId chain, uint sequence, in Hash256 previous, in Ed25519PublicKey signer,
        LinkOperationKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> agreement)
    {
        Span<byte> position = stackalloc byte[sizeof(uint) + sizeof(ushort)];
        var writer = new WireWriter(position);
        writer.WriteUInt32(sequence);
        writer.WriteUInt16((ushort)kind);
        return LabelledHash.Start(Labels.Added).Add(chain.Bytes).Add(position).Add(previous.Bytes)
            .Add(signer.Bytes).Add(key).Add(agreement).Finish();
    }

    internal static LinkOperation AddDevice(AddedDevice device)
    {
        Span<byte> body = stackalloc byte[AddDeviceSize];
        var writer = new WireWriter(body);
        writer.WriteFixed(device.Key.Bytes);
        writer.WriteFixed(device.Agreement.Bytes);
        writer.WriteFixed(device.BackSignature.Bytes);
        return Known(LinkOperationKind.AddDevice, body);
    }

    internal static LinkOperation Revoke(in Ed25519PublicKey device) => Known(LinkOperationKind.Revoke, device.Bytes);

    internal static LinkOperation ReplaceRecovery(in Ed25519PublicKey key, in Ed25519Signature backSignature)
    {
        Span<byte> body = stackalloc byte[ReplaceRecoverySize];
        var writer = new WireWriter(body);
        writer.WriteFixed(key.Bytes);
        writer.WriteFixed(backSignature.Bytes);
        return Known(LinkOperationKind.ReplaceRecovery, body);
    }

    internal static LinkOperation UnknownForTestsOnly(ushort code, ReadOnlySpan<byte> body) => new(code, LinkOperationKind.Unknown, body);

    internal void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(Code);
        writer.WriteBytes16(Body.Span);
    }

    internal static ChainError TryRead(ref WireReader reader, out LinkOperation? operation)
    {
        operation = null;
        if (!reader.TryReadUInt16(out var code))
            return ChainError.Truncated;
        if (!reader.TryReadBytes16(MaxBodySize, out var body))
            return reader.Remaining > MaxBodySize ? ChainError.TooLong : ChainError.Truncated;
        var kind = code switch
        {
            (ushort)LinkOperationKind.AddDevice => LinkOperationKind.AddDevice,
            (ushort)LinkOperationKind.Revoke => LinkOperationKind.Revoke,
            (ushort)LinkOperationKind.ReplaceRecovery => LinkOperationKind.ReplaceRecovery,
            _ => LinkOperationKind.Unknown,
        };
        return TryParse(code, kind, body, out operation);
    }

    private static LinkOperation Known(LinkOperationKind kind, ReadOnlySpan<byte> body)
    {
        if (TryParse((ushort)kind, kind, body, out var operation) != ChainError.None || operation is null)
            throw new ArgumentException("The operation holds a value that is no key.", nameof(body));
        return operation;
    }

    private static ChainError TryParse(ushort code, LinkOperationKind kind, ReadOnlySpan<byte> body, out LinkOperation? operation)
    {
        operation = null;
        var size = kind switch
        {
            LinkOperationKind.Unknown => body.Length,
            LinkOperationKind.AddDevice => AddDeviceSize,
            LinkOperationKind.Revoke => RevokeSize,
            LinkOperationKind.ReplaceRecovery => ReplaceRecoverySize,
        };
        if (body.Length != size)
            return ChainError.InvalidOperation;
        if (kind == LinkOperationKind.Unknown)
        {
            operation = new LinkOperation(code, kind, body);
            return ChainError.None;
        }

        var agreement = default(X25519PublicKey);
        var signature = default(Ed25519Signature);
        if (!Ed25519PublicKey.TryRead(body[..Ed25519PublicKey.Size], out var key)
            || (kind == LinkOperationKind.AddDevice && !X25519PublicKey.TryRead(body.Slice(Ed25519PublicKey.Size, X25519PublicKey.Size), out agreement))
            || (kind != LinkOperationKind.Revoke && !Ed25519Signature.TryRead(body[^Ed25519Signature.Size..], out signature)))
        {
            return ChainError.InvalidKey;
        }

        operation = new LinkOperation(code, kind, body) { Key = key, Agreement = agreement, BackSignature = signature };
        return ChainError.None;
    }
}
