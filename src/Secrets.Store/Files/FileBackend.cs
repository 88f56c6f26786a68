namespace Secrets.Store;

/// <summary>A store in a folder of its own, readable by its owner alone.</summary>
public sealed class FileBackend : IStoreBackend
{
    private const string LockName = "lock";
    private const string PartSuffix = ".part";

    private readonly string _folder;
    private readonly Dictionary<string, FileStream> _open = new(StringComparer.Ordinal);
    private FileStream? _lock;

    /// <summary>The store in this folder; the folder is made when the store is.</summary>
    public FileBackend(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_lock is not null)
            return ValueTask.FromResult(false);
        MakeFolder(_folder);
        try
        {
            _lock = new FileStream(Path.Combine(_folder, LockName), Private(FileMode.OpenOrCreate));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            return ValueTask.FromResult(false);
        }
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public async ValueTask UnlockAsync()
    {
        foreach (var file in _open.Values)
            await file.DisposeAsync().ConfigureAwait(false);
        _open.Clear();
        if (_lock is not null)
            await _lock.DisposeAsync().ConfigureAwait(false);
        _lock = null;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var names = new List<string>();
        if (Directory.Exists(_folder))
        {
            foreach (var path in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(_folder, path).Replace(Path.DirectorySeparatorChar, '/');
                if (IsName(name) && name != LockName)
                    names.Add(name);
            }
        }
        names.Sort(StringComparer.Ordinal);
        return ValueTask.FromResult<IReadOnlyList<string>>(names);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
            return null;
        // files are opened as we do for writing, since a second handle would be refused
        var file = _lock is null ? null : OpenFile(name);
        if (file is null)
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        var bytes = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RandomAccess.Write(OpenFile(name).SafeFileHandle, bytes.Span, offset);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask TruncateAsync(string name, long length, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RandomAccess.SetLength(OpenFile(name).SafeFileHandle, length);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RandomAccess.FlushToDisk(OpenFile(name).SafeFileHandle);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        MakeFolder(Path.GetDirectoryName(path)!);
        await CloseAsync(name).ConfigureAwait(false);
        var part = path + PartSuffix;
        try
        {
            using (var file = new FileStream(part, Private(FileMode.Create)))
            {
                await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(part);
            throw;
        }
        FolderDisk.Flush(Path.GetDirectoryName(path)!);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        await CloseAsync(name).ConfigureAwait(false);
        if (!File.Exists(path))
            return;
        using (var file = new FileStream(path, Private(FileMode.Open)))
        {
            // best effort: on flash the old cells may live on, which is why keys are erased and not only bytes
            var zeros = new byte[Math.Min(file.Length, 64 * 1024)];
            for (var rest = file.Length; rest > 0; rest -= Math.Min(rest, zeros.Length))
                await file.WriteAsync(zeros.AsMemory(0, (int)Math.Min(rest, zeros.Length)), cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
        File.Delete(path);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnlockAsync();

    private static bool IsName(string name)
    {
        var slashes = 0;
        foreach (var c in name)
        {
            if (c == '/')
                slashes++;
            else if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
                return false;
        }
        return name.Length > 0 && slashes <= 1 && name[0] != '/' && name[^1] != '/';
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && !OperatingSystem.IsBrowser() && mode != FileMode.Open)
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        if (OperatingSystem.IsWindows() || OperatingSystem.IsBrowser())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Path.GetDirectoryName(folder) is { } parent)
            FolderDisk.Flush(parent);
    }

    private string PathOf(string name) =>
        IsName(name) && name != LockName ? Path.Combine(_folder, name.Replace('/', Path.DirectorySeparatorChar)) : throw new ArgumentException("Not a name of a file of a store.", nameof(name));

    private FileStream OpenFile(string name)
    {
        if (_open.TryGetValue(name, out var file))
            return file;
        var path = PathOf(name);
        var isNew = !File.Exists(path);
        MakeFolder(Path.GetDirectoryName(path)!);
        file = new FileStream(path, Private(FileMode.OpenOrCreate));
        _open.Add(name, file);
        if (isNew)
            FolderDisk.Flush(Path.GetDirectoryName(path)!);
        return file;
    }

    private async ValueTask CloseAsync(string name)
    {
        if (_open.Remove(name, out var file))
            await file.DisposeAsync().ConfigureAwait(false);
    }
}
