using Secrets.Client.Hosting;
using Secrets.Store;

namespace Secrets.Client.Tests.Support;

/// <summary>Several identities in memory.</summary>
internal sealed class MemoryShelf : IIdentityShelf
{
    private readonly Dictionary<string, KeptIdentity> _list = new(StringComparer.Ordinal);

    public Dictionary<string, MemoryFiles> Stores { get; } = new(StringComparer.Ordinal);

    /// <summary>True for a disk that takes no more entries of the list.</summary>
    public bool IsFull { get; set; }

    public StorageKind Kind => StorageKind.Kept;

    public ValueTask<IReadOnlyList<KeptIdentity>> ListAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<KeptIdentity>>([.. _list.Values.OrderBy(one => one.Created)]);

    public ValueTask PutAsync(KeptIdentity identity, CancellationToken cancellationToken)
    {
        if (IsFull)
            throw new IOException();
        _list[identity.Id] = identity;
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        _ = _list.Remove(id);
        _ = Stores.Remove(id);
        return ValueTask.CompletedTask;
    }

    public IStoreBackend Open(string id)
    {
        if (!Stores.TryGetValue(id, out var files))
            Stores.Add(id, files = new MemoryFiles());
        return new MemoryBackend(files);
    }
}
