namespace Secrets.Transport.Boxes;

/// <summary>What one write gives: the index and a copy for each relay. It holds no key.</summary>
public sealed class WrittenBox
{
    internal WrittenBox(ulong index, IReadOnlyList<RelayBox> copies)
    {
        Index = index;
        Copies = copies;
    }

    /// <summary>The channel's index.</summary>
    public ulong Index { get; }

    /// <summary>One copy for each relay, in the order given.</summary>
    public IReadOnlyList<RelayBox> Copies { get; }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(WrittenBox);
}
