namespace Secrets.Store.Tests;

/// <summary>A disk that keeps what was flushed, any part of what wasn't, and breaks or refuses at a chosen operation.</summary>
internal sealed class FaultyDisk
{
    private readonly Dictionary<string, FileState> _files = new(StringComparer.Ordinal);

    /// <summary>Number of the operation at which something happens; none if zero.</summary>
    public int FailAt { get; set; }

    /// <summary>How many operations in a row are refused with <see cref="IOException"/>; 0 = the power fails instead.</summary>
    public int RefusalCount { get; set; }

    /// <summary>True for a disk that keeps nothing of a flush that it refused, and says so: a database.</summary>
    public bool FlushesAreAtomic { get; set; }

    public int Operations { get; private set; }

    public bool IsDead { get; private set; }

    public IStoreBackend Open() => new Backend(this);

    /// <summary>What is found after the power failed: of each write since the last flush all, a part, or nothing.</summary>
    public MemoryFiles AfterPowerFailure(TestRandom random)
    {
        var found = new MemoryFiles();
        foreach (var (name, file) in _files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            var content = file.Durable is null ? null : new MemoryStream();
            content?.Write(file.Durable);
            // order doesn't matter where writes overlap, as each is kept or not by itself
            foreach (var write in file.Unsynced)
            {
                var fate = random.Next(3);
                if (fate == 0)
                    continue;
                content ??= new MemoryStream();
                if (write.IsTruncation)
                {
                    content.SetLength(write.Offset);
                    continue;
                }
                content.Position = write.Offset;
                content.Write(write.Bytes, 0, fate == 1 ? write.Bytes.Length : random.Next(write.Bytes.Length + 1));
            }
            if (file.IsDeleted && random.Next(2) == 0)
                content = null;
            if (content is not null)
                found.Content.Add(name, content);
        }
        return found;
    }

    private void ThrowIfDead()
    {
        if (IsDead)
            throw new PowerFailureException();
    }

    private void Step()
    {
        ThrowIfDead();
        Operations++;
        if (FailAt == 0 || Operations < FailAt)
            return;
        if (RefusalCount == 0)
        {
            IsDead = true;
            throw new PowerFailureException();
        }
        if (Operations < FailAt + RefusalCount)
            throw new IOException("No space left on device");
    }

    private sealed record Write(long Offset, byte[] Bytes, bool IsTruncation);

    private sealed class FileState
    {
        public byte[]? Durable { get; set; }

        public List<Write> Unsynced { get; } = [];

        public bool IsDeleted { get; set; }

        public byte[]? Seen()
        {
            if (IsDeleted)
                return null;
            var content = Durable is null ? null : new MemoryStream();
            content?.Write(Durable!);
            foreach (var write in Unsynced)
            {
                content ??= new MemoryStream();
                if (write.IsTruncation)
                {
                    content.SetLength(write.Offset);
                    continue;
                }
                content.Position = write.Offset;
                content.Write(write.Bytes);
            }
            return content?.ToArray();
        }
    }

    private sealed class Backend(FaultyDisk disk) : IStoreBackend
    {
        public bool FlushIsAtomic => disk.FlushesAreAtomic;

        public ValueTask<bool> TryLockAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

        public ValueTask UnlockAsync() => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<string>>([.. disk._files.Where(file => file.Value.Seen() is not null).Select(file => file.Key).Order(StringComparer.Ordinal)]);

        public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
            ValueTask.FromResult(disk._files.TryGetValue(name, out var file) && file.Seen() is { } seen ? (ReadOnlyMemory<byte>?)seen : null);

        public ValueTask WriteAsync(string name, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            disk.ThrowIfDead();
            Of(name).Unsynced.Add(new Write(offset, bytes.ToArray(), false));
            return Step(() => Of(name).Unsynced.RemoveAt(Of(name).Unsynced.Count - 1));
        }

        public ValueTask TruncateAsync(string name, long length, CancellationToken cancellationToken)
        {
            disk.ThrowIfDead();
            Of(name).Unsynced.Add(new Write(length, [], true));
            return Step(() => Of(name).Unsynced.RemoveAt(Of(name).Unsynced.Count - 1));
        }

        public ValueTask FlushAsync(string name, CancellationToken cancellationToken)
        {
            disk.Step();
            var file = Of(name);
            file.Durable = file.Seen();
            file.Unsynced.Clear();
            return ValueTask.CompletedTask;
        }

        public ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            // a rename that was cut off or refused is on the disk or not: here every other time
            if (disk.FailAt == disk.Operations + 1 && disk.FailAt % 2 == 0)
                Replace(name, bytes);
            disk.Step();
            Replace(name, bytes);
            return ValueTask.CompletedTask;
        }

        public ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
        {
            disk.Step();
            if (disk._files.TryGetValue(name, out var file))
                file.IsDeleted = true;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private ValueTask Step(Action undo)
        {
            try
            {
                disk.Step();
            }
            catch (IOException)
            {
                undo();
                throw;
            }
            return ValueTask.CompletedTask;
        }

        private void Replace(string name, ReadOnlyMemory<byte> bytes) => disk._files[name] = new FileState { Durable = bytes.ToArray() };

        private FileState Of(string name)
        {
            if (!disk._files.TryGetValue(name, out var file))
                disk._files.Add(name, file = new FileState());
            file.IsDeleted = false;
            return file;
        }
    }
}
