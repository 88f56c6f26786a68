using Secrets.Console.Daemon;
using Secrets.Store;

namespace Secrets.Console.Cli;

/// <summary>The folder of an identity, taken as a whole.</summary>
internal static class StoreFolder
{
    /// <summary>Deletes every file of the store and of its daemon, and the folder if nothing else is in it.</summary>
    public static async Task DeleteAsync(string folder, CancellationToken cancellationToken)
    {
        var backend = new FileBackend(folder);
        await using (backend.ConfigureAwait(false))
        {
            if (!await backend.TryLockAsync(cancellationToken).ConfigureAwait(false))
                throw new StoreException(StoreError.InUse);
            foreach (var name in await backend.ListAsync(cancellationToken).ConfigureAwait(false))
                await backend.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            await backend.UnlockAsync().ConfigureAwait(false);
        }
        DaemonFolder.Delete(folder);
        foreach (var rest in Directory.EnumerateDirectories(folder).Where(d => !Directory.EnumerateFileSystemEntries(d).Any()).ToArray())
            Directory.Delete(rest);
        File.Delete(Path.Combine(folder, "lock"));
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }
}
