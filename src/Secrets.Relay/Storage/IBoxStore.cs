using Secrets.Transport.Boxes;

namespace Secrets.Relay.Storage;

/// <summary>Where a relay keeps boxes. What is acknowledged is durable; what is unexpired is never dropped.</summary>
internal interface IBoxStore : IAsyncDisposable
{
    /// <summary>How full the store is.</summary>
    FullLevel Full { get; }

    /// <summary>Bytes that boxes and marks take on disk.</summary>
    long UsedBytes { get; }

    /// <summary>Puts a verified write or delete, which is told when its outcome is durable.</summary>
    void Put(BoxWrite write);

    /// <summary>What is under each of the addresses at one moment; null for nothing.</summary>
    /// <exception cref="RelayException">The disk fails; then nothing that was found counts.</exception>
    void Find(ReadOnlySpan<BoxAddress> addresses, Span<KeptBox?> found);
}
