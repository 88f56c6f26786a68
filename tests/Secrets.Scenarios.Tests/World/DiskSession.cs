using Secrets.Store;

namespace Secrets.Scenarios.Tests;

/// <summary>One opening of a simulated disk; worth nothing once another took its place.</summary>
internal sealed class DiskSession(SimulatedDisk disk) : IStoreBackend
{
    public ValueTask<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        lock (disk.Gate)
        {
            if (disk.Owner is not null && disk.Owner != this)
                return ValueTask.FromResult(false);
            disk.Owner = this;
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask UnlockAsync()
    {
        lock (disk.Gate)
        {
            if (disk.Owner == this)
                disk.Owner = null;
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        lock (disk.Gate)
            return ValueTask.FromResult<IReadOnlyList<string>>([.. disk.Current.Keys.Order(StringComparer.Ordinal)]);
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        lock (disk.Gate)
            return ValueTask.FromResult(disk.Current.TryGetValue(name, out var file) ? (ReadOnlyMemory<byte>?)file.Content : null);
    }

    public ValueTask WriteAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ChangeAsync(grows: true, () =>
    {
        var file = disk.Current.TryGetValue(name, out var there) ? there : new DiskFile([], 0);
        disk.Current[name] = file.Write((int)offset, bytes.Span, disk.DurableOf(name));
        disk.Written += bytes.Length;
    });

    public ValueTask TruncateAsync(string name, long length, CancellationToken cancellationToken) => ChangeAsync(grows: false, () =>
    {
        if (disk.Current.TryGetValue(name, out var file) && file.Length > length)
            disk.Current[name] = file.Cut((int)length);
    });

    public ValueTask FlushAsync(string name, CancellationToken cancellationToken) => ChangeAsync(grows: false, () => disk.MakeDurable(name));

    public ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => ChangeAsync(grows: true, () =>
    {
        disk.Current[name] = new DiskFile(bytes.ToArray(), bytes.Length);
        disk.Written += bytes.Length;
        disk.MakeDurable(name);
    });

    public ValueTask DeleteAsync(string name, CancellationToken cancellationToken) => ChangeAsync(grows: false, () =>
    {
        _ = disk.Current.Remove(name);
        disk.MakeDurable(name);
    });

    public ValueTask DisposeAsync() => UnlockAsync();

    private ValueTask ChangeAsync(bool grows, Action change)
    {
        lock (disk.Gate)
        {
            try
            {
                disk.Step(this, grows);
                change();
                return ValueTask.CompletedTask;
            }
            catch (IOException refusal)
            {
                return ValueTask.FromException(refusal);
            }
        }
    }
}
