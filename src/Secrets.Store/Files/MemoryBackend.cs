namespace Secrets.Store;

/// <summary>A store in memory: gone with the process. For tests, and where nothing can be kept.</summary>
/// <remarks>Several backends may share one <see cref="MemoryFiles"/>, one after the other.</remarks>
public sealed class MemoryBackend : IStoreBackend
{
    private readonly MemoryFiles _files;
    private bool _locked;

    /// <summary>A backend over files of its own.</summary>
    public MemoryBackend()
        : this(new MemoryFiles())
    {
    }

    /// <summary>A backend over files that outlive it.</summary>
    public MemoryBackend(MemoryFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        _files = files;
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        if (_files.IsLocked)
            return ValueTask.FromResult(false);
        _files.IsLocked = true;
        _locked = true;
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public ValueTask UnlockAsync()
    {
        if (_locked)
            _files.IsLocked = false;
        _locked = false;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. _files.Content.Keys.Order(StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_files.Content.TryGetValue(name, out var file) ? (ReadOnlyMemory<byte>?)file.ToArray() : null);

    /// <inheritdoc/>
    public ValueTask WriteAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (!_files.Content.TryGetValue(name, out var file))
            _files.Content.Add(name, file = new MemoryStream());
        file.Position = offset;
        file.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask TruncateAsync(string name, long length, CancellationToken cancellationToken)
    {
        if (_files.Content.TryGetValue(name, out var file))
            file.SetLength(length);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(string name, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var file = new MemoryStream();
        file.Write(bytes.Span);
        _files.Content[name] = file;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _ = _files.Content.Remove(name);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnlockAsync();
}
