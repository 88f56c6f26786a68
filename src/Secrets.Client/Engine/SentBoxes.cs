using System.Collections;

namespace Secrets.Client.Engine;

/// <summary>The boxes of a session that the other side may not have, oldest first, in pages: a change of one is written without the others, however many wait.</summary>
internal sealed class SentBoxes : IEnumerable<SentBox>
{
    private readonly List<SentPage> _pages = [];
    private readonly Dictionary<MessageId, List<SentBox>> _byMessage = [];

    /// <summary>Numbers of pages that are empty now; the store has them still.</summary>
    private readonly List<uint> _emptied = [];

    public IReadOnlyList<SentPage> Pages => _pages;

    /// <summary>The number of the first page, and of the one behind the last.</summary>
    public (uint First, uint End) Range => _pages.Count == 0 ? (0, 0) : (_pages[0].Number, _pages[^1].Number + 1);

    public void Add(SentBox box)
    {
        if (_pages.Count == 0 || _pages[^1].IsFull)
            _pages.Add(new SentPage(Range.End));
        _pages[^1].Add(box);
        Index(box);
    }

    /// <summary>Takes over a page that was read, behind the others.</summary>
    public void Add(SentPage page)
    {
        _pages.Add(page);
        foreach (var box in page.Boxes)
            Index(box);
    }

    public void Remove(SentBox box)
    {
        if (box.Page is not { } page)
            return;
        page.Remove(box);
        if (page.Boxes.Count == 0)
        {
            _ = _pages.Remove(page);
            _emptied.Add(page.Number);
        }
        if (box.Message is { } message && _byMessage[message].Remove(box) && _byMessage[message].Count == 0)
            _ = _byMessage.Remove(message);
    }

    public bool Contains(SentBox box) => box.Page is { } page && _pages.Contains(page);

    /// <summary>The boxes in which a message is.</summary>
    public IReadOnlyList<SentBox> Of(MessageId message) => _byMessage.GetValueOrDefault(message) ?? [];

    public bool Has(MessageId message) => _byMessage.ContainsKey(message);

    /// <summary>The pages that were emptied since this was asked last.</summary>
    public IReadOnlyList<uint> TakeEmptied()
    {
        var emptied = _emptied.ToArray();
        _emptied.Clear();
        return emptied;
    }

    public IEnumerator<SentBox> GetEnumerator() => _pages.SelectMany(p => p.Boxes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Index(SentBox box)
    {
        if (box.Message is not { } message)
            return;
        if (!_byMessage.TryGetValue(message, out var boxes))
            _byMessage[message] = boxes = [];
        boxes.Add(box);
    }
}
