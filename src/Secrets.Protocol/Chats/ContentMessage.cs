using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>A content message as it was opened: header, for what is said also heads and reply, body, and what rides behind it.</summary>
/// <remarks>A view; the bytes belong to the caller, who wipes them. Spec: docs/protocol/chats.md §3.3.</remarks>
public readonly ref struct ContentMessage
{
    private readonly ReadOnlySpan<byte> _heads;
    private readonly ReadOnlySpan<byte> _reply;
    private readonly ReadOnlySpan<byte> _riders;

    private ContentMessage(ContentHeader header, Hash256 hash, ReadOnlySpan<byte> heads, ReadOnlySpan<byte> reply, ReadOnlySpan<byte> body, ReadOnlySpan<byte> riders)
    {
        Header = header;
        Hash = hash;
        _heads = heads;
        _reply = reply;
        Body = body;
        _riders = riders;
    }

    /// <summary>The header.</summary>
    public ContentHeader Header { get; }

    /// <summary>Hash of the whole message, which the next one of the channel names.</summary>
    public Hash256 Hash { get; }

    /// <summary>The body, in the form that the type fixes.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The control messages that ride behind the body.</summary>
    public RiderEnumerator Riders => new(_riders);

    /// <summary>Reads exactly one content message. Bodies are read by the message types.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, ContentCarrier carrier, out ContentMessage message)
    {
        message = default;
        if (source.Length > ContentSizes.MaxContent(carrier))
            return MessageError.TooLong;
        var error = ContentHeader.TryRead(source, out var header);
        if (error != MessageError.None)
            return error;
        var rest = source[ContentHeader.Size..];
        ReadOnlySpan<byte> heads = default, reply = default, riders = default;
        if (!header.IsControl)
        {
            var headSize = ContentSizes.HeadCount(carrier) * BlindedHeads.TagSize;
            if (rest.Length < headSize + BlindedHeads.ReplySize)
                return MessageError.Truncated;
            heads = rest[..headSize];
            reply = rest.Slice(headSize, BlindedHeads.ReplySize);
            rest = rest[(headSize + BlindedHeads.ReplySize)..];
        }

        var body = rest;
        if (header.Flags.HasFlag(ContentOptions.Riders))
        {
            var reader = new WireReader(rest);
            if (!reader.TryReadBytes16(ContentSizes.DataBoxContent, out body))
                return MessageError.Truncated;
            riders = rest[^reader.Remaining..];
            error = RiderEnumerator.Check(riders);
            if (error != MessageError.None)
                return error;
        }

        message = new ContentMessage(header, HashOf(source), heads, reply, body, riders);
        return MessageError.None;
    }

    /// <summary>True if the message says that its writer had seen that one.</summary>
    public bool Names(in MessageSecret named) => BlindedHeads.Holds(_heads, named, Header.Secret);

    /// <summary>True if the message answers that one.</summary>
    public bool IsReplyTo(in MessageSecret named)
    {
        if (_reply.IsEmpty)
            return false;
        Span<byte> tag = stackalloc byte[BlindedHeads.ReplySize];
        BlindedHeads.DeriveReply(named, Header.Secret, tag);
        return CryptographicOperations.FixedTimeEquals(_reply, tag);
    }

    /// <summary>The hash of a content message: H("secrets/1/content", all its bytes).</summary>
    public static Hash256 HashOf(ReadOnlySpan<byte> message) => LabelledHash.Start(Labels.Content).Add(message).Finish();
}
