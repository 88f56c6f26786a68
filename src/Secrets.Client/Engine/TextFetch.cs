using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>A long text that is being fetched: its pointer, kept until all of it is here, in a slot of its own; the pieces are only in memory.</summary>
internal sealed class TextFetch : IDisposable
{
    /// <summary>Most boxes of a text: 65,536 bytes need two.</summary>
    private const int MaxBoxes = 2;

    private const byte Version = 1;

    private readonly SecretBuffer _pointer;
    private readonly ReadOnlyMemory<byte>[] _pieces;
    private readonly int _size;
    private readonly Hash256 _hash;

    private TextFetch(MessageId id, ContentTime time, ReadOnlySpan<byte> body, in AttachmentMessage pointer, BoxReader reader)
    {
        Id = id;
        Time = time;
        _pointer = new SecretBuffer(body);
        _pieces = new ReadOnlyMemory<byte>[pointer.BoxCount];
        _size = (int)pointer.PlaintextSize;
        _hash = pointer.PlaintextHash;
        Reader = reader;
        FirstIndex = reader.NextIndex;
        Boxes = ChannelId.DeriveFromReadCapability(pointer.ReadCapability);
    }

    public MessageId Id { get; }

    public ContentTime Time { get; }

    public BoxReader Reader { get; }

    /// <summary>The channel and the index in which the pointer came: not acknowledged before the text is whole.</summary>
    public ChannelId Channel { get; private init; }

    public ulong Index { get; private init; }

    /// <summary>When the pointer came.</summary>
    public DateTimeOffset Since { get; private init; }

    /// <summary>When what is missing is asked for, or the text given up.</summary>
    public DateTimeOffset NextAsk { get; set; }

    /// <summary>The temporary channel in which the boxes are.</summary>
    public ChannelId Boxes { get; }

    /// <summary>Indices of the boxes that are not there.</summary>
    public IReadOnlyList<ulong> Missing => [.. Enumerable.Range(0, _pieces.Length).Where(i => _pieces[i].IsEmpty).Select(i => FirstIndex + (ulong)i)];

    private ulong FirstIndex { get; }

    public bool IsComplete => _pieces.All(p => !p.IsEmpty);

    /// <summary>Begins to fetch what a pointer names, at those of its relays where the writer's other boxes lie; null if it is no long text.</summary>
    public static TextFetch? TryStart(MessageId id, ContentTime time, ReadOnlySpan<byte> body, IReadOnlyList<RelayId> relays, ChannelId channel, ulong index, DateTimeOffset now, DateTimeOffset nextAsk)
    {
        if (AttachmentMessage.TryRead(body, out var pointer) != MessageError.None || pointer.Kind != AttachmentKind.LongText
            || pointer.PlaintextSize > ChatText.MaxSize || pointer.BoxCount > MaxBoxes)
        {
            return null;
        }
        // no relay is asked that this person has not got to do with anyway: a pointer must not make a device connect somewhere
        return ReadCapability.TryRead(pointer.ReadCapability, out var capability)
            ? new TextFetch(id, time, body, pointer, BoxReader.Create(capability, BoxClass.Large, [.. relays])) { Channel = channel, Index = index, Since = now, NextAsk = nextAsk }
            : null;
    }

    /// <summary>Takes the piece in the box of an index; false if it is none.</summary>
    public bool TryTake(ulong index, ReadOnlySpan<byte> chunk)
    {
        if (AttachmentMessage.TryRead(_pointer.Bytes, out var pointer) != MessageError.None || index - FirstIndex >= (ulong)_pieces.Length)
            return false;
        var piece = new byte[AttachmentChunk.PlainSize];
        var number = (int)(index - FirstIndex);
        if (AttachmentChunk.TryOpen(pointer.Key, number, _pieces.Length, chunk, piece) != MessageError.None)
            return false;
        _pieces[number] = piece;
        return true;
    }

    /// <summary>The text, if all pieces together are what the pointer says; null if not.</summary>
    public string? Join()
    {
        var whole = new byte[_pieces.Length * AttachmentChunk.PlainSize];
        for (var i = 0; i < _pieces.Length; i++)
            _pieces[i].CopyTo(whole.AsMemory(i * AttachmentChunk.PlainSize));
        var text = whole.AsSpan(0, _size);
        var isRight = Hash256.Of(text) == _hash && ChatText.Check(text) == MessageError.None;
        var joined = isRight ? System.Text.Encoding.UTF8.GetString(text) : null;
        CryptographicOperations.ZeroMemory(whole);
        return joined;
    }

    public SecretBuffer Write()
    {
        var buffer = new SecretBuffer(1 + MessageId.Size + ContentTime.Size + 2 + _pointer.Length + ChannelId.Size + (3 * 8));
        var writer = new WireWriter(buffer.Bytes);
        writer.WriteByte(Version);
        Id.Write(writer.Take(MessageId.Size));
        Time.Write(writer.Take(ContentTime.Size));
        writer.WriteBytes16(_pointer.Bytes);
        writer.WriteFixed(Channel.Bytes);
        writer.WriteUInt64(Index);
        writer.WriteUInt64((ulong)Since.ToUnixTimeMilliseconds());
        writer.WriteUInt64((ulong)NextAsk.ToUnixTimeMilliseconds());
        return buffer;
    }

    public static TextFetch Read(ReadOnlySpan<byte> source, IReadOnlyList<RelayId> relays)
    {
        var reader = new WireReader(source);
        SlotFormat.Require(reader.TryReadByte(out var version));
        SlotFormat.Require(version == Version);
        ReadHead(ref reader, out var id, out var time, out var body);
        SlotFormat.Require(reader.TryReadFixed(ChannelId.Size, out var channelBytes));
        SlotFormat.Require(reader.TryReadUInt64(out var index));
        SlotFormat.Require(reader.TryReadUInt64(out var since));
        SlotFormat.Require(reader.TryReadUInt64(out var nextAsk));
        SlotFormat.Require(reader.IsAtEnd);
        _ = ChannelId.TryRead(channelBytes, out var channel);
        var fetch = TryStart(id, time, body, relays, channel, index, DateTimeOffset.FromUnixTimeMilliseconds((long)since), DateTimeOffset.FromUnixTimeMilliseconds((long)nextAsk));
        SlotFormat.Require(fetch is not null);
        return fetch;
    }

    /// <summary>One of the first version, which acknowledged the pointer at once: asked for at once, as nobody else will.</summary>
    public static TextFetch? ReadV1(ref WireReader reader, IReadOnlyList<RelayId> relays)
    {
        ReadHead(ref reader, out var id, out var time, out var body);
        return TryStart(id, time, body, relays, default, 0, time.Time, time.Time);
    }

    private static void ReadHead(ref WireReader reader, out MessageId id, out ContentTime time, out ReadOnlySpan<byte> body)
    {
        SlotFormat.Require(reader.TryReadFixed(MessageId.Size, out var idBytes));
        SlotFormat.Require(reader.TryReadFixed(ContentTime.Size, out var timeBytes));
        SlotFormat.Require(ContentTime.TryRead(timeBytes, out time));
        SlotFormat.Require(reader.TryReadBytes16(ContentSizes.DataBoxContent, out body));
        id = MessageId.FromBytes(idBytes);
    }

    public void Dispose()
    {
        _pointer.Dispose();
        Reader.Dispose();
    }
}
