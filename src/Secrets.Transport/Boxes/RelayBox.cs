namespace Secrets.Transport.Boxes;

/// <summary>One copy of a written box: the relay it is sealed for, the box, and the delete made with it.</summary>
public sealed class RelayBox
{
    private readonly RelayId _relay;
    private readonly Tombstone _tombstone;

    internal RelayBox(in RelayId relay, SealedBox box, in Tombstone tombstone)
    {
        _relay = relay;
        Box = box;
        _tombstone = tombstone;
    }

    /// <summary>The relay.</summary>
    public ref readonly RelayId Relay => ref _relay;

    /// <summary>The box.</summary>
    public SealedBox Box { get; }

    /// <summary>The finished delete, kept because the key that could make it later is erased.</summary>
    public ref readonly Tombstone Tombstone => ref _tombstone;

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(RelayBox);
}
