using Secrets.Store;

namespace Secrets.Client.Hosting;

/// <summary>A place that keeps several identities: the browser's database, in tests memory.</summary>
/// <remarks>Failures of the environment are <see cref="IOException"/>. One caller at a time.</remarks>
public interface IIdentityShelf
{
    /// <summary>What becomes of what is put here.</summary>
    StorageKind Kind { get; }

    /// <summary>The identities here, the oldest first.</summary>
    ValueTask<IReadOnlyList<KeptIdentity>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Puts one on the list, or changes what the list says of it.</summary>
    ValueTask PutAsync(KeptIdentity identity, CancellationToken cancellationToken);

    /// <summary>Takes one from the list and deletes its store; no error if there is none.</summary>
    ValueTask DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Where the store of this identity lies.</summary>
    IStoreBackend Open(string id);
}
