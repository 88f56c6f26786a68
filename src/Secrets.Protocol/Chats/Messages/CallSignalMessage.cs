using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>A signal of a call, or a part of one: index (1) ‖ count (1) ‖ length of the whole (2) ‖ bytes.</summary>
/// <remarks>All parts but the last are full. Spec: docs/protocol/calls.md §3.2.</remarks>
public sealed class CallSignalMessage : IMessageBody
{
    /// <summary>Bytes before the part's own.</summary>
    public const int HeadSize = 1 + 1 + sizeof(ushort); // index, count, length of the whole

    /// <summary>Most parts of a signal.</summary>
    public const int MaxParts = 8;

    /// <summary>Bytes of a part that is full.</summary>
    public const int PartSize = ContentSizes.SessionControlBody - HeadSize;

    private readonly byte[] _bytes;

    internal CallSignalMessage(int index, int count, int totalLength, ReadOnlySpan<byte> bytes)
    {
        Index = index;
        Count = count;
        TotalLength = totalLength;
        _bytes = bytes.ToArray();
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.CallSignal;

    /// <inheritdoc/>
    public int Size => HeadSize + _bytes.Length;

    /// <summary>Which part, from 0.</summary>
    public int Index { get; }

    /// <summary>How many parts, 1 to 8.</summary>
    public int Count { get; }

    /// <summary>Length of the whole signal in bytes.</summary>
    public int TotalLength { get; }

    /// <summary>The part's bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The parts of a signal, in the order in which they are to be sent.</summary>
    /// <exception cref="ArgumentException">Nothing, or more than eight parts.</exception>
    public static IReadOnlyList<CallSignalMessage> Split(ReadOnlySpan<byte> signal)
    {
        var count = (signal.Length + PartSize - 1) / PartSize;
        if (count is 0 or > MaxParts)
            throw new ArgumentException("A signal has 1 to 12,560 bytes.", nameof(signal));
        var parts = new CallSignalMessage[count];
        for (var i = 0; i < count; i++)
            parts[i] = new CallSignalMessage(i, count, signal.Length, signal.Slice(i * PartSize, Math.Min(PartSize, signal.Length - (i * PartSize))));
        return parts;
    }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out CallSignalMessage? message)
    {
        message = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var index) || !reader.TryReadByte(out var count) || !reader.TryReadUInt16(out var total))
            return MessageError.Truncated;
        if (count is 0 or > MaxParts || index >= count || total <= (count - 1) * PartSize || total > count * PartSize)
            return MessageError.OutOfRange;
        var size = index == count - 1 ? total - (index * PartSize) : PartSize;
        if (reader.Remaining != size)
            return reader.Remaining > size ? MessageError.TooLong : MessageError.OutOfRange;

        message = new CallSignalMessage(index, count, total, source[^reader.Remaining..]);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte((byte)Index);
        writer.WriteByte((byte)Count);
        writer.WriteUInt16((ushort)TotalLength);
        writer.WriteFixed(_bytes);
    }

    /// <summary>The name of the type; never what it holds.</summary>
    public override string ToString() => nameof(CallSignalMessage);
}
