using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>A long text that is being fetched: its pointer, kept until all of it is here; the pieces are only in memory.</summary>
internal sealed class TextFetch : IDisposable
{
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
    }

    public MessageId Id { get; }

    public ContentTime Time { get; }

    public BoxReader Reader { get; }

    private ulong FirstIndex { get; }

    public int Size => MessageId.Size + ContentTime.Size + 2 + _pointer.Length;

    public bool IsComplete => _pieces.All(p => !p.IsEmpty);

    /// <summary>Begins to fetch what a pointer names, at those of its relays where the writer's other boxes lie; null if it is no long text.</summary>
    public static TextFetch? TryStart(MessageId id, ContentTime time, ReadOnlySpan<byte> body, IReadOnlyList<RelayId> relays)
    {
        if (AttachmentMessage.TryRead(body, out var pointer) != MessageError.None || pointer.Kind != AttachmentKind.LongText || pointer.PlaintextSize > ChatText.MaxSize)
            return null;
        // no relay is asked that this person has not got to do with anyway: a pointer must not make a device connect somewhere
        return ReadCapability.TryRead(pointer.ReadCapability, out var capability)
            ? new TextFetch(id, time, body, pointer, BoxReader.Create(capability, BoxClass.Large, [.. relays]))
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

    public void Write(ref WireWriter writer)
    {
        Id.Write(writer.Take(MessageId.Size));
        Time.Write(writer.Take(ContentTime.Size));
        writer.WriteBytes16(_pointer.Bytes);
    }

    public static TextFetch Read(ref WireReader reader, IReadOnlyList<RelayId> relays)
    {
        SlotFormat.Require(reader.TryReadFixed(MessageId.Size, out var id));
        SlotFormat.Require(reader.TryReadFixed(ContentTime.Size, out var timeBytes));
        SlotFormat.Require(ContentTime.TryRead(timeBytes, out var time));
        SlotFormat.Require(reader.TryReadBytes16(ContentSizes.DataBoxContent, out var body));
        var fetch = TryStart(MessageId.FromBytes(id), time, body, relays);
        SlotFormat.Require(fetch is not null);
        return fetch;
    }

    public void Dispose()
    {
        _pointer.Dispose();
        Reader.Dispose();
    }
}
