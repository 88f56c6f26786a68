namespace Secrets.Transport.Boxes;

/// <summary>What a reader opened and has not yet taken: a body, or the news that the box was deleted.</summary>
/// <remarks>The caller stores the content and the reader's state after <see cref="BoxReader.Commit"/> in one transaction. Wiped on disposal.</remarks>
public sealed class ReceivedBox : IDisposable
{
    private readonly OpenedBox? _opened;
    private readonly RelayId _relay;

    internal ReceivedBox(ulong index, in RelayId relay, OpenedBox? opened)
    {
        Index = index;
        _relay = relay;
        _opened = opened;
    }

    /// <summary>The channel's index.</summary>
    public ulong Index { get; }

    /// <summary>The relay it came from.</summary>
    public ref readonly RelayId Relay => ref _relay;

    /// <summary>True if the writer deleted the box; there is no body then.</summary>
    public bool IsDeleted => _opened is null;

    /// <summary>What the body is.</summary>
    /// <exception cref="InvalidOperationException">The box was deleted.</exception>
    public BoxKind Kind => Opened.Kind;

    /// <summary>The body. Valid until disposal.</summary>
    /// <exception cref="InvalidOperationException">The box was deleted.</exception>
    public ReadOnlySpan<byte> Body => Opened.Body;

    internal ReadOnlySpan<byte> Plaintext => Opened.Plaintext;

    private OpenedBox Opened => _opened ?? throw new InvalidOperationException("A deleted box has no body.");

    /// <summary>Wipes the body.</summary>
    public void Dispose() => _opened?.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(ReceivedBox);
}
