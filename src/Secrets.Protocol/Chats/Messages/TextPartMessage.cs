using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>A part of a text that does not fit one box: text id (16) ‖ index (1) ‖ count (1) ‖ length of the whole (2) ‖ bytes.</summary>
/// <remarks>Parts may be cut inside a character; the whole is checked when it is together. Spec: docs/protocol/chats.md §3.4.2.</remarks>
public sealed class TextPartMessage : IMessageBody
{
    /// <summary>Bytes before the part's own.</summary>
    public const int HeadSize = TextId.Size + 1 + 1 + sizeof(ushort); // id, index, count, length of the whole

    /// <summary>Most parts of a text.</summary>
    public const int MaxParts = 8;

    private readonly byte[] _bytes;

    internal TextPartMessage(TextId text, int index, int count, int totalLength, ReadOnlySpan<byte> bytes)
    {
        Text = text;
        Index = index;
        Count = count;
        TotalLength = totalLength;
        _bytes = bytes.ToArray();
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.TextPart;

    /// <inheritdoc/>
    public int Size => HeadSize + _bytes.Length;

    /// <summary>Which text.</summary>
    public TextId Text { get; }

    /// <summary>Which part, from 0.</summary>
    public int Index { get; }

    /// <summary>How many parts, 2 to 8.</summary>
    public int Count { get; }

    /// <summary>Length of the whole text in bytes.</summary>
    public int TotalLength { get; }

    /// <summary>The part's bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out TextPartMessage? message)
    {
        message = null;
        var reader = new WireReader(source);
        if (!reader.TryReadFixed(TextId.Size, out var idBytes) || !reader.TryReadByte(out var index)
            || !reader.TryReadByte(out var count) || !reader.TryReadUInt16(out var total))
        {
            return MessageError.Truncated;
        }

        if (reader.IsAtEnd)
            return MessageError.Empty;
        // every part has at least a byte, so the others need at least count - 1
        if (count is < 2 or > MaxParts || index >= count || reader.Remaining > total - (count - 1))
            return MessageError.OutOfRange;
        _ = TextId.TryRead(idBytes, out var id);
        message = new TextPartMessage(id, index, count, total, source[^reader.Remaining..]);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteFixed(Text.Bytes);
        writer.WriteByte((byte)Index);
        writer.WriteByte((byte)Count);
        writer.WriteUInt16((ushort)TotalLength);
        writer.WriteFixed(_bytes);
    }

    /// <summary>The name of the type; never the text.</summary>
    public override string ToString() => nameof(TextPartMessage);
}
