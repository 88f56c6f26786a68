using System.Runtime.InteropServices;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Secrets.Store;

namespace Secrets.Browser.Storage;

/// <summary>A store in the browser's database: small named files in pieces, made durable by one strict transaction each.</summary>
[SupportedOSPlatform("browser")]
internal sealed class IndexedDbBackend(string id) : IStoreBackend
{
    private bool _isLocked;

    public async ValueTask<bool> TryLockAsync(CancellationToken cancellationToken) => _isLocked = await Guard(IndexedDb.LockAsync(id)).ConfigureAwait(false);

    public async ValueTask UnlockAsync()
    {
        if (!_isLocked)
            return;
        _isLocked = false;
        await Guard(IndexedDb.UnlockAsync(id)).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        (await Guard(IndexedDb.ListAsync(id)).ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var found = await Guard(IndexedDb.ReadAsync(id, name)).ConfigureAwait(false);
        return found?.GetPropertyAsByteArray("bytes");
    }

    public async ValueTask WriteAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Stage(bytes);
        await Guard(IndexedDb.WriteAsync(id, name, offset)).ConfigureAwait(false);
    }

    public async ValueTask TruncateAsync(string name, long length, CancellationToken cancellationToken) =>
        await Guard(IndexedDb.TruncateAsync(id, name, length)).ConfigureAwait(false);

    // one transaction of the database
    public bool FlushIsAtomic => true;

    public async ValueTask FlushAsync(string name, CancellationToken cancellationToken) => await Guard(IndexedDb.FlushAsync(id, name)).ConfigureAwait(false);

    public async ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Stage(bytes);
        await Guard(IndexedDb.ReplaceAsync(id, name)).ConfigureAwait(false);
    }

    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken) => await Guard(IndexedDb.RemoveAsync(id, name)).ConfigureAwait(false);

    public ValueTask DisposeAsync() => UnlockAsync();

    internal static async Task Guard(Task call)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (JSException failure)
        {
            throw new IOException(message: null, failure);
        }
    }

    internal static async Task<T> Guard<T>(Task<T> call)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (JSException failure)
        {
            throw new IOException(message: null, failure);
        }
    }

    // the worker copies at once and writes nothing here: the memory stays the caller's
    private static void Stage(ReadOnlyMemory<byte> bytes) => IndexedDb.Stage(MemoryMarshal.AsMemory(bytes).Span);
}
