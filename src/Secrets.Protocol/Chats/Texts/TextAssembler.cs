using System.Text;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>Puts the parts of one author's texts together, in whatever order they come: all or nothing.</summary>
/// <remarks>Holds at most 8 unfinished texts of an author; the oldest gives way. Spec: docs/protocol/chats.md §4.6.</remarks>
public sealed class TextAssembler
{
    /// <summary>Most unfinished texts of one author.</summary>
    public const int MaxTexts = 8;

    private const byte StateVersion = 1;

    private readonly List<Unfinished> _texts = [];

    /// <summary>Number of unfinished texts.</summary>
    public int UnfinishedCount => _texts.Count;

    /// <summary>Takes a part; <paramref name="text"/> is the whole when this was the last one missing, else null.</summary>
    /// <returns>PartMismatch if the part contradicts another, which drops the text; errors of a text if the whole is not one.</returns>
    public MessageError TryAdd(TextPartMessage part, out string? text)
    {
        ArgumentNullException.ThrowIfNull(part);
        text = null;
        var unfinished = _texts.Find(t => t.Id == part.Text);
        if (unfinished is null)
        {
            if (_texts.Count == MaxTexts)
                _texts.RemoveAt(0);
            unfinished = new Unfinished(part.Text, part.Count, part.TotalLength);
            _texts.Add(unfinished);
        }

        var error = unfinished.Put(part);
        if (error != MessageError.None)
        {
            _ = _texts.Remove(unfinished);
            return error;
        }

        if (!unfinished.IsComplete)
            return MessageError.None;
        _ = _texts.Remove(unfinished);
        var utf8 = unfinished.Join();
        if (utf8.Length != part.TotalLength)
            return MessageError.PartMismatch;
        error = ChatText.Check(utf8);
        if (error == MessageError.None)
            text = Encoding.UTF8.GetString(utf8);
        return error;
    }

    /// <summary>The unfinished texts as bytes, for the slot area: version (1) ‖ count (1) ‖ per text its parts.</summary>
    public ReadOnlyMemory<byte> WriteState()
    {
        var parts = _texts.SelectMany(t => t.Parts).ToList();
        var bytes = new byte[1 + 1 + parts.Sum(p => sizeof(ushort) + p.Size)];
        var writer = new WireWriter(bytes);
        writer.WriteByte(StateVersion);
        writer.WriteByte((byte)parts.Count);
        foreach (var part in parts)
        {
            writer.WriteUInt16((ushort)part.Size);
            part.Write(writer.Take(part.Size));
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    public static MessageError TryReadState(ReadOnlySpan<byte> source, out TextAssembler? assembler)
    {
        assembler = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version) || !reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (version != StateVersion)
            return MessageError.UnknownVersion;
        var read = new TextAssembler();
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadBytes16(ContentSizes.DataBoxContent, out var bytes))
                return MessageError.Truncated;
            var error = TextPartMessage.TryRead(bytes, out var part);
            if (error != MessageError.None || part is null)
                return error;
            error = read.TryAdd(part, out _);
            if (error != MessageError.None)
                return error;
        }

        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        assembler = read;
        return MessageError.None;
    }

    private sealed class Unfinished(TextId id, int count, int totalLength)
    {
        private readonly TextPartMessage?[] _parts = new TextPartMessage?[count];

        public TextId Id { get; } = id;

        public bool IsComplete => _parts.All(p => p is not null);

        public IEnumerable<TextPartMessage> Parts => _parts.OfType<TextPartMessage>();

        public MessageError Put(TextPartMessage part)
        {
            if (part.Count != _parts.Length || part.TotalLength != totalLength)
                return MessageError.PartMismatch;
            if (_parts[part.Index] is { } known)
                return known.Bytes.SequenceEqual(part.Bytes) ? MessageError.None : MessageError.PartMismatch;
            _parts[part.Index] = part;
            return MessageError.None;
        }

        public byte[] Join()
        {
            var joined = new List<byte>(totalLength);
            foreach (var part in Parts)
                joined.AddRange(part.Bytes);
            return [.. joined];
        }
    }
}
