using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>Some of the boxes that a session keeps, in a slot of their own.</summary>
internal sealed class SentPage(uint number)
{
    /// <summary>Most boxes of a page.</summary>
    public const int MaxBoxes = 64;

    private const byte Version = 1;

    private readonly List<SentBox> _boxes = [];
    private int _given;

    public uint Number { get; } = number;

    public IReadOnlyList<SentBox> Boxes => _boxes;

    /// <summary>True if the store has another state of it.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>A page is not filled up again: boxes stay in the order in which they were written.</summary>
    public bool IsFull => _given == MaxBoxes;

    public int Size => 1 + 1 + _boxes.Sum(b => b.Size);

    public void Add(SentBox box)
    {
        _boxes.Add(box);
        _given++;
        box.MoveTo(this);
        IsChanged = true;
    }

    public void Remove(SentBox box)
    {
        _ = _boxes.Remove(box);
        box.MoveTo(null);
        IsChanged = true;
    }

    public void NoteChange() => IsChanged = true;

    public void NoteStored() => IsChanged = false;

    public void Write(Span<byte> destination, IReadOnlyList<string> relays)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte(Version);
        writer.WriteByte((byte)_boxes.Count);
        foreach (var box in _boxes)
            box.Write(ref writer, relays);
    }

    public static SentPage Read(uint number, ReadOnlySpan<byte> source, IReadOnlyList<string> relays)
    {
        var page = new SentPage(number);
        var reader = new WireReader(source);
        SlotFormat.Require(reader.TryReadByte(out var version));
        SlotFormat.Require(version == Version);
        SlotFormat.Require(reader.TryReadByte(out var count));
        SlotFormat.Require(count <= MaxBoxes);
        for (var i = 0; i < count; i++)
            page.Add(SentBox.Read(ref reader, relays));
        SlotFormat.Require(reader.IsAtEnd);
        page.NoteStored();
        return page;
    }
}
