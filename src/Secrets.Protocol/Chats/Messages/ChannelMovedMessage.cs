using Secrets.Protocol.Sessions;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>From an index on a channel is also at another relay: channel (16) ‖ index (8) ‖ relay address (1 + ≤119).</summary>
/// <remarks>Decision 17. Spec: docs/protocol/chats.md §3.4.12.</remarks>
public sealed class ChannelMovedMessage : IMessageBody
{
    /// <summary>A channel is also at a relay.</summary>
    public ChannelMovedMessage(ChannelId channel, ulong fromIndex, string relay)
    {
        ArgumentNullException.ThrowIfNull(relay);
        if (!RelayAddresses.IsValid(relay))
            throw new ArgumentException("A relay address has 1 to 119 printable ASCII characters.", nameof(relay));
        Channel = channel;
        FromIndex = fromIndex;
        Relay = relay;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.ChannelMoved;

    /// <inheritdoc/>
    public int Size => ChannelId.Size + sizeof(ulong) + 1 + Relay.Length;

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>The first index that is there.</summary>
    public ulong FromIndex { get; }

    /// <summary>Address of the relay.</summary>
    public string Relay { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out ChannelMovedMessage? message)
    {
        message = null;
        var reader = new WireReader(source);
        if (!reader.TryReadFixed(ChannelId.Size, out var id) || !reader.TryReadUInt64(out var index))
            return MessageError.Truncated;
        if (!reader.TryReadBytes8(RelayAddresses.MaxSize, out var bytes))
            return MessageError.Truncated;
        var relay = System.Text.Encoding.Latin1.GetString(bytes);
        if (!RelayAddresses.IsValid(relay))
            return MessageError.OutOfRange;
        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        message = new ChannelMovedMessage(MessageFields.ReadChannel(id), index, relay);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteFixed(Channel.Bytes);
        writer.WriteUInt64(FromIndex);
        writer.WriteBytes8(System.Text.Encoding.ASCII.GetBytes(Relay));
    }
}
