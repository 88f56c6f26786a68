using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>What a new generation of files is made of.</summary>
internal sealed class StoreContents : IDisposable
{
    public required Hash256 LedgerId { get; init; }

    public IReadOnlyCollection<Node> Nodes { get; init; } = [];

    public IReadOnlyList<Commit> Commits { get; init; } = [];

    public IReadOnlyList<SlotWrite> Slots { get; init; } = [];

    public ulong SlotClock { get; init; }

    public Hash256 SignedHead { get; init; }

    public Hash256 UnsignedHead { get; init; }

    public SecretBuffer? BackupRoot { get; init; }

    public void Dispose() => BackupRoot?.Dispose();
}
