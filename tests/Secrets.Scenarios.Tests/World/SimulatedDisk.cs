namespace Secrets.Scenarios.Tests;

/// <summary>What a person's computer keeps: files with what is durable and what is written but not flushed.</summary>
internal sealed class SimulatedDisk
{
    private readonly Dictionary<string, DiskFile> _durable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DiskFile> _current = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();

    /// <summary>Writes, flushes, cuts, replacements and removals so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Bytes written so far.</summary>
    public long Written { get; set; }

    /// <summary>The power goes at this step, before it is done; 0: never.</summary>
    public long KillAt { get; set; }

    /// <summary>No room for another byte.</summary>
    public bool IsFull { get; set; }

    public bool IsDead { get; private set; }

    public DiskSession? Owner { get; set; }

    public Dictionary<string, DiskFile> Current => _current;

    /// <summary>Called before every change.</summary>
    public void Step(DiskSession session, bool grows)
    {
        if (IsDead || Owner != session)
            throw new IOException("The machine is off.");
        Steps++;
        if (KillAt != 0 && Steps >= KillAt)
        {
            IsDead = true;
            throw new IOException("The power went.");
        }
        if (grows && IsFull)
            throw new IOException("No space left.");
    }

    /// <summary>What is durable of a file.</summary>
    public DiskFile DurableOf(string name) => _durable.GetValueOrDefault(name);

    public void MakeDurable(string name)
    {
        if (_current.TryGetValue(name, out var content))
            _durable[name] = content;
        else
            _ = _durable.Remove(name);
    }

    /// <summary>Switches the machine off at once.</summary>
    public void Kill()
    {
        lock (Gate)
            IsDead = true;
    }

    /// <summary>After a power failure each file has what was flushed, or what was written, or a part of it.</summary>
    public void Restart(WorldRandom random)
    {
        lock (Gate)
        {
            foreach (var name in _current.Keys.Union(_durable.Keys).ToArray())
                Settle(name, random);
            IsDead = false;
            KillAt = 0;
            Owner = null;
        }
    }

    /// <summary>A copy of the disk as it is: a disk image, a snapshot of a virtual machine.</summary>
    public SimulatedDisk Clone()
    {
        lock (Gate)
        {
            var copy = new SimulatedDisk();
            foreach (var (name, content) in _current)
            {
                copy._current[name] = content.Copy();
                copy._durable[name] = copy._current[name];
            }
            return copy;
        }
    }

    private void Settle(string name, WorldRandom random)
    {
        DiskFile? durable = _durable.TryGetValue(name, out var flushed) ? flushed : null;
        DiskFile? written = _current.TryGetValue(name, out var current) ? current : null;
        var kept = random.Next(3) switch
        {
            0 => durable,
            1 => written,
            _ => Torn(durable, written, random),
        } ?? durable;
        if (kept is null)
        {
            _ = _current.Remove(name);
            _ = _durable.Remove(name);
            return;
        }
        _current[name] = kept.Value.Copy();
        _durable[name] = _current[name];
    }

    private static DiskFile? Torn(DiskFile? durable, DiskFile? written, WorldRandom random)
    {
        if (written is not { } file || (durable is { } flushed && flushed.IsSameAs(file)))
            return written ?? durable;
        var old = durable?.Length ?? 0;
        var length = file.Length <= old ? file.Length : old + (int)random.Next((uint)(file.Length - old) + 1);
        return file.Cut(length);
    }
}
