using System.Globalization;
using System.Runtime.Versioning;
using Secrets.Client.Hosting;
using Secrets.Store;

namespace Secrets.Browser.Storage;

/// <summary>The identities of this browser, each with a database of its own; where nothing can be kept, memory.</summary>
[SupportedOSPlatform("browser")]
internal sealed class IndexedDbShelf : IIdentityShelf
{
    private const int Fields = 4;

    private IndexedDbShelf(StorageKind kind) => Kind = kind;

    public StorageKind Kind { get; }

    public static async Task<IndexedDbShelf> OpenAsync() =>
        new(await IndexedDb.OpenShelfAsync().ConfigureAwait(false) ? StorageKind.Kept : StorageKind.Memory);

    public async ValueTask<IReadOnlyList<KeptIdentity>> ListAsync(CancellationToken cancellationToken)
    {
        var list = await IndexedDbBackend.Guard(IndexedDb.ListShelfAsync()).ConfigureAwait(false);
        // a name has no control characters, so no tab and no line's end
        return [.. list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', Fields)).Where(fields => fields.Length == Fields).Select(Read)];
    }

    public async ValueTask PutAsync(KeptIdentity identity, CancellationToken cancellationToken) =>
        await IndexedDbBackend.Guard(IndexedDb.PutShelfAsync(identity.Id, identity.Created.ToUnixTimeMilliseconds(), identity.Retired, identity.Name)).ConfigureAwait(false);

    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken) => await IndexedDbBackend.Guard(IndexedDb.DeleteShelfAsync(id)).ConfigureAwait(false);

    public IStoreBackend Open(string id) => new IndexedDbBackend(id);

    private static KeptIdentity Read(string[] fields) => new()
    {
        Id = fields[0],
        Created = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(fields[1], CultureInfo.InvariantCulture)),
        Retired = fields[2] == "1",
        Name = fields[3],
    };
}
