using Secrets.Protocol.Chains;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>
/// A participant chain's id (32), the sender's head of it (36), and links of it: count (1) ‖ per link: length (2), bytes. No link at all
/// says only what the head is.
/// </summary>
/// <remarks>Links are passed on by everybody who is entitled to them (decision 5). Spec: docs/protocol/chats.md §3.4.15.</remarks>
public sealed class ChainLinksMessage : IMessageBody
{
    /// <summary>Most links in one message.</summary>
    public const int MaxLinks = 8;

    /// <summary>Passes on a head and links.</summary>
    public ChainLinksMessage(ParticipantId chain, ChainHead head, IReadOnlyList<Link> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        if (links.Count > MaxLinks || links.Any(l => l.Chain != chain))
            throw new ArgumentException("At most eight links of that chain.", nameof(links));
        Chain = chain;
        Head = head;
        Links = links;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.ChainLinks;

    /// <inheritdoc/>
    public int Size => ParticipantId.Size + ChainHead.Size + 1 + Links.Sum(l => sizeof(ushort) + l.Bytes.Length);

    /// <summary>The chain.</summary>
    public ParticipantId Chain { get; }

    /// <summary>The last link that the sender knows.</summary>
    public ChainHead Head { get; }

    /// <summary>The links; their form was checked, who may sign is the chain's to say.</summary>
    public IReadOnlyList<Link> Links { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out ChainLinksMessage? message)
    {
        message = null;
        var reader = new WireReader(source);
        if (!reader.TryReadFixed(ParticipantId.Size, out var chainBytes) || !reader.TryReadFixed(ChainHead.Size, out var headBytes) || !reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (count > MaxLinks)
            return MessageError.OutOfRange;
        _ = ParticipantId.TryRead(chainBytes, out var chain);
        _ = ChainHead.TryRead(headBytes, out var head);
        var links = new List<Link>(count);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadBytes16(Link.MaxSize, out var bytes))
                return MessageError.Truncated;
            if (Link.TryRead(bytes, out var link) != ChainError.None || link is null || link.Chain != chain)
                return MessageError.Rejected;
            links.Add(link);
        }

        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        message = new ChainLinksMessage(chain, head, links.AsReadOnly());
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteFixed(Chain.Bytes);
        Head.Write(writer.Take(ChainHead.Size));
        writer.WriteByte((byte)Links.Count);
        foreach (var link in Links)
            writer.WriteBytes16(link.Bytes);
    }
}
