using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>Proof that the peer of this session also made another secret: id of that secret (32) ‖ proof (32).</summary>
/// <remarks>The layer of sessions makes and checks it, in constant time (decision 12). Spec: docs/protocol/chats.md §3.4.11.</remarks>
public readonly ref struct AlsoProofMessage : IMessageBody
{
    /// <summary>Size of the proof.</summary>
    public const int ProofSize = 32;

    /// <summary>Size in bytes.</summary>
    public const int FixedSize = Hash256.Size + ProofSize;

    /// <summary>Carries a proof. The span stays the caller's.</summary>
    public AlsoProofMessage(Hash256 secretId, ReadOnlySpan<byte> proof)
    {
        if (proof.Length != ProofSize)
            throw new ArgumentException("A proof has 32 bytes.", nameof(proof));
        SecretId = secretId;
        Proof = proof;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.AlsoProof;

    /// <inheritdoc/>
    public int Size => FixedSize;

    /// <summary>Id of the other secret.</summary>
    public Hash256 SecretId { get; }

    /// <summary>The proof, 32 bytes.</summary>
    public ReadOnlySpan<byte> Proof { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out AlsoProofMessage message)
    {
        message = default;
        if (source.Length != FixedSize)
            return source.Length < FixedSize ? MessageError.Truncated : MessageError.TooLong;
        message = new AlsoProofMessage(MessageFields.ReadHash(source[..Hash256.Size]), source[Hash256.Size..]);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteFixed(SecretId.Bytes);
        writer.WriteFixed(Proof);
    }
}
