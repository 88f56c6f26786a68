using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chains;

/// <summary>A link of a participant chain after the first: one or more operations, signed by one entitled key.</summary>
/// <remarks>
/// version (1) ‖ kind (1) ‖ chain (32) ‖ sequence (4) ‖ previous (32) ‖ number of heads (1) = 0 ‖ number of operations (1) ‖
/// operations ‖ signer (32) ‖ signature (64). The hash covers everything before the signature. Spec: docs/protocol/chains.md §3.2.
/// </remarks>
public sealed class Link
{
    /// <summary>Most operations in a link.</summary>
    public const int MaxOperations = 8;

    /// <summary>Longest link in bytes.</summary>
    public const int MaxSize = 1_024;

    internal const byte Kind = 2;

    private const int HeadSize = 1 + 1 + ParticipantId.Size + sizeof(uint) + Hash256.Size + 1 + 1;
    private const int TailSize = Ed25519PublicKey.Size + Ed25519Signature.Size; // signer + signature

    private readonly byte[] _bytes;

    private Link(byte[] bytes, in ParticipantId chain, uint sequence, in Hash256 previous, IReadOnlyList<LinkOperation> operations, in Ed25519PublicKey signer)
    {
        _bytes = bytes;
        Chain = chain;
        Sequence = sequence;
        Previous = previous;
        Operations = operations;
        Signer = signer;
        Hash = HashOf(bytes);
    }

    /// <summary>The link as it travels.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The chain it belongs to.</summary>
    public ParticipantId Chain { get; }

    /// <summary>Its number, one more than the previous link's; 1 follows the first link.</summary>
    public uint Sequence { get; }

    /// <summary>Hash of the previous link.</summary>
    public Hash256 Previous { get; }

    /// <summary>What it does, in order; all or nothing.</summary>
    public IReadOnlyList<LinkOperation> Operations { get; }

    /// <summary>The key that signed it.</summary>
    public Ed25519PublicKey Signer { get; }

    /// <summary>Hash of everything before the signature.</summary>
    public Hash256 Hash { get; }

    internal Ed25519Signature Signature
    {
        get
        {
            _ = Ed25519Signature.TryRead(_bytes.AsSpan(_bytes.Length - Ed25519Signature.Size), out var signature);
            return signature;
        }
    }

    /// <summary>Reads exactly one link and checks its form; who may sign and whether the signature is right is the chain's to say.</summary>
    public static ChainError TryRead(ReadOnlySpan<byte> source, out Link? link)
    {
        link = null;
        if (source.Length > MaxSize)
            return ChainError.TooLong;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version) || !reader.TryReadByte(out var kind))
            return ChainError.Truncated;
        if (version != FirstLink.Version || kind != Kind)
            return ChainError.UnknownVersion;
        if (!reader.TryReadFixed(ParticipantId.Size, out var chainBytes) || !reader.TryReadUInt32(out var sequence)
            || !reader.TryReadFixed(Hash256.Size, out var previousBytes)
            || !reader.TryReadByte(out var heads) || !reader.TryReadByte(out var count))
        {
            return ChainError.Truncated;
        }

        if (heads != 0 || count is 0 or > MaxOperations)
            return ChainError.InvalidOperation;
        if (sequence == 0)
            return ChainError.WrongSequence;
        var operations = new List<LinkOperation>(count);
        for (var i = 0; i < count; i++)
        {
            var error = LinkOperation.TryRead(ref reader, out var operation);
            if (error != ChainError.None || operation is null)
                return error;
            operations.Add(operation);
        }

        if (!reader.TryReadFixed(Ed25519PublicKey.Size, out var signerBytes) || !reader.TryReadFixed(Ed25519Signature.Size, out _))
            return ChainError.Truncated;
        if (!reader.IsAtEnd)
            return ChainError.TooLong;
        if (!Ed25519PublicKey.TryRead(signerBytes, out var signer))
            return ChainError.InvalidKey;
        _ = ParticipantId.TryRead(chainBytes, out var chain);
        _ = Hash256.TryRead(previousBytes, out var previous);
        link = new Link(source.ToArray(), chain, sequence, previous, operations.AsReadOnly(), signer);
        return ChainError.None;
    }

    internal static Link Create(in ParticipantId chain, ChainHead previous, IReadOnlyList<LinkOperation> operations, in Ed25519PublicKey signer, Func<Hash256, Ed25519Signature> sign)
    {
        var size = HeadSize + TailSize;
        foreach (var operation in operations)
            size += operation.Size;
        var bytes = new byte[size];
        var writer = new WireWriter(bytes);
        writer.WriteByte(FirstLink.Version);
        writer.WriteByte(Kind);
        writer.WriteFixed(chain.Bytes);
        writer.WriteUInt32(previous.Sequence + 1);
        writer.WriteFixed(previous.Hash.Bytes);
        writer.WriteByte(0);
        writer.WriteByte(checked((byte)operations.Count));
        foreach (var operation in operations)
            operation.Write(ref writer);
        writer.WriteFixed(signer.Bytes);
        writer.WriteFixed(sign(HashOf(bytes)).Bytes);
        return new Link(bytes, chain, previous.Sequence + 1, previous.Hash, operations, signer);
    }

    internal bool HasValidSignature() => LinkSignature.Verify(Labels.SignLink, Hash, Signer, Signature);

    private static Hash256 HashOf(ReadOnlySpan<byte> bytes) =>
        LabelledHash.Start(Labels.Link).Add(bytes[..^Ed25519Signature.Size]).Finish();
}
