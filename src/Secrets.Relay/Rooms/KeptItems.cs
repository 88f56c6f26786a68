namespace Secrets.Relay.Rooms;

/// <summary>Items that are kept, in the order of their numbers; the oldest go first.</summary>
internal sealed class KeptItems
{
    private const int LongestGap = 64;

    private readonly List<KeptItem> _items = [];
    private int _first;

    public int Count => _items.Count - _first;

    /// <summary>Number of the last one that was forgotten.</summary>
    public ulong Forgotten { get; private set; }

    public void Add(KeptItem item) => _items.Add(item);

    /// <summary>The first one with a higher number; null if there is none.</summary>
    public KeptItem? After(ulong number)
    {
        if (Count == 0 || _items[^1].Number <= number)
            return null;
        var (low, high) = (_first, _items.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _items[middle].Number <= number ? (middle + 1, high) : (low, middle);
        }
        return _items[low];
    }

    /// <summary>Forgets the oldest; its size.</summary>
    public int DropOldest()
    {
        var item = _items[_first];
        _items[_first++] = null!;
        Forgotten = item.Number;
        if (_first > LongestGap && _first > _items.Count / 2)
        {
            _items.RemoveRange(0, _first);
            _first = 0;
        }
        return item.Bytes.Length;
    }
}
