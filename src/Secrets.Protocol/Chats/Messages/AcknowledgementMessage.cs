using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>
/// Cumulative acknowledgements: count (1) ‖ per channel: id (16), next index (8), number of holes (1), for each hole, ascending,
/// its distance below next (2).
/// </summary>
/// <remarks>Rides in the next message or goes late, at a random time (decision 25). Spec: docs/protocol/chats.md §3.4.6.</remarks>
public sealed class AcknowledgementMessage : IMessageBody
{
    /// <summary>Most channels in one message.</summary>
    public const int MaxChannels = 4;

    private const int ChannelHeadSize = ChannelId.Size + sizeof(ulong) + 1; // id, next index, number of holes

    /// <summary>Acknowledges one to four channels.</summary>
    public AcknowledgementMessage(IReadOnlyList<ChannelAcknowledgement> channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        if (channels.Count is 0 or > MaxChannels)
            throw new ArgumentException("One to four channels are acknowledged at once.", nameof(channels));
        Channels = channels;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.Acknowledgement;

    /// <inheritdoc/>
    public int Size => 1 + Channels.Sum(c => ChannelHeadSize + (c.Holes.Count * sizeof(ushort)));

    /// <summary>The channels.</summary>
    public IReadOnlyList<ChannelAcknowledgement> Channels { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out AcknowledgementMessage? message)
    {
        message = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (count is 0 or > MaxChannels)
            return MessageError.OutOfRange;
        var channels = new List<ChannelAcknowledgement>(count);
        for (var i = 0; i < count; i++)
        {
            var error = TryReadChannel(ref reader, out var channel);
            if (error != MessageError.None || channel is null)
                return error;
            channels.Add(channel);
        }

        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        message = new AcknowledgementMessage(channels.AsReadOnly());
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte((byte)Channels.Count);
        foreach (var channel in Channels)
        {
            writer.WriteFixed(channel.Channel.Bytes);
            writer.WriteUInt64(channel.Next);
            writer.WriteByte((byte)channel.Holes.Count);
            foreach (var hole in channel.Holes)
                writer.WriteUInt16((ushort)(channel.Next - hole));
        }
    }

    private static MessageError TryReadChannel(ref WireReader reader, out ChannelAcknowledgement? channel)
    {
        channel = null;
        if (!reader.TryReadFixed(ChannelId.Size, out var id) || !reader.TryReadUInt64(out var next) || !reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (count > ChannelAcknowledgement.MaxHoles)
            return MessageError.OutOfRange;
        var holes = new List<ulong>(count);
        var last = ChannelAcknowledgement.MaxDistance + 1;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt16(out var distance))
                return MessageError.Truncated;
            if (distance == 0 || distance >= last || distance > next)
                return MessageError.OutOfRange;
            last = distance;
            holes.Add(next - distance);
        }

        channel = new ChannelAcknowledgement(MessageFields.ReadChannel(id), next, holes.AsReadOnly());
        return MessageError.None;
    }
}
