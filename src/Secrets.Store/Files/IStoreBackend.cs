namespace Secrets.Store;

/// <summary>Where a store's bytes lie: a folder, memory, or the browser's database.</summary>
/// <remarks>
/// A small set of named files. Names are made by the store: lower-case letters, digits, hyphen and at most one slash. Writes
/// are durable only after <see cref="FlushAsync"/>; before that a crash may keep any part of them. Failures of the environment
/// are <see cref="IOException"/>. One caller at a time.
/// </remarks>
public interface IStoreBackend : IAsyncDisposable
{
    /// <summary>Takes the store for this process; false if somebody else has it.</summary>
    ValueTask<bool> TryLockAsync(CancellationToken cancellationToken);

    /// <summary>Gives the store free.</summary>
    ValueTask UnlockAsync();

    /// <summary>The names of all files.</summary>
    ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>True if a flush that fails has kept nothing of what it was to keep; of files nobody knows that.</summary>
    bool FlushIsAtomic => false;

    /// <summary>The whole content; null if there is no such file.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes at an offset, growing or making the file; not durable yet.</summary>
    ValueTask WriteAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Cuts the file to this length; not durable yet.</summary>
    ValueTask TruncateAsync(string name, long length, CancellationToken cancellationToken);

    /// <summary>Makes all writes to the file durable, and that it exists.</summary>
    ValueTask FlushAsync(string name, CancellationToken cancellationToken);

    /// <summary>Puts a file with this content in place of whatever was there: all or nothing, durable on return.</summary>
    ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Removes the file, overwriting it first where that means something; no error if there is none.</summary>
    ValueTask DeleteAsync(string name, CancellationToken cancellationToken);
}
