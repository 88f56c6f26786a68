using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>Asks the author of a channel for boxes that are missing: channel (16) ‖ count (1) ‖ indices (8 each), ascending.</summary>
/// <remarks>Decisions 6 and 15. Spec: docs/protocol/chats.md §3.4.7.</remarks>
public sealed class RepairRequestMessage : IMessageBody
{
    /// <summary>Most indices in one request, and most boxes repaired for one peer in an hour.</summary>
    public const int MaxIndices = 64;

    /// <summary>Asks for boxes.</summary>
    public RepairRequestMessage(ChannelId channel, IReadOnlyList<ulong> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        if (indices.Count is 0 or > MaxIndices || !indices.Zip(indices.Skip(1)).All(p => p.First < p.Second))
            throw new ArgumentException("1 to 64 indices, ascending.", nameof(indices));
        Channel = channel;
        Indices = indices;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.RepairRequest;

    /// <inheritdoc/>
    public int Size => ChannelId.Size + 1 + (Indices.Count * sizeof(ulong));

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>What is missing, ascending.</summary>
    public IReadOnlyList<ulong> Indices { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out RepairRequestMessage? message)
    {
        message = null;
        var reader = new WireReader(source);
        if (!reader.TryReadFixed(ChannelId.Size, out var id) || !reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (count is 0 or > MaxIndices)
            return MessageError.OutOfRange;
        var indices = new List<ulong>(count);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt64(out var index))
                return MessageError.Truncated;
            if (i > 0 && index <= indices[i - 1])
                return MessageError.OutOfRange;
            indices.Add(index);
        }

        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        message = new RepairRequestMessage(MessageFields.ReadChannel(id), indices.AsReadOnly());
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteFixed(Channel.Bytes);
        writer.WriteByte((byte)Indices.Count);
        foreach (var index in Indices)
            writer.WriteUInt64(index);
    }
}
