using Secrets.Relay.Storage;

namespace Secrets.Relay.Boxes;

/// <summary>One open waiting read. It lives as long as the request and leaves nothing behind.</summary>
internal sealed class Waiter
{
    private readonly CellHead _head;
    private readonly CellStream _stream;
    private ITimer? _timer;
    private int _isDone;

    /// <summary>A read that came by this stream.</summary>
    public Waiter(in CellHead head, CellStream stream)
    {
        _head = head;
        _stream = stream;
    }

    /// <summary>What was asked for.</summary>
    public ref readonly CellHead Head => ref _head;

    /// <summary>The next one that waits for the same address.</summary>
    internal Waiter? Next { get; set; }

    /// <summary>Starts the time that it waits.</summary>
    public void Start(TimeSpan wait, TimeProvider clock)
    {
        var timer = clock.CreateTimer(static state => ((Waiter)state!).Answer(null), this, wait, Timeout.InfiniteTimeSpan);
        Volatile.Write(ref _timer, timer);
        if (Volatile.Read(ref _isDone) != 0)
            timer.Dispose();
    }

    /// <summary>Ends the wait with what has come, or with nothing. Only the first time counts.</summary>
    public void Answer(KeptBox? kept)
    {
        if (TryEnd())
            _stream.AnswerWaiter(this, kept);
    }

    /// <summary>Ends the wait without an answer; true the first time.</summary>
    public bool TryEnd()
    {
        if (Interlocked.Exchange(ref _isDone, 1) != 0)
            return false;
        Volatile.Read(ref _timer)?.Dispose();
        return true;
    }
}
