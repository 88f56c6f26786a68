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

    /// <summary>The next one that waits for the same address. Changed only while both are listed.</summary>
    internal Waiter? Next { get; set; }

    /// <summary>The one before it.</summary>
    internal Waiter? Previous { get; set; }

    /// <summary>True while it is among the waiting reads.</summary>
    internal bool IsListed { get; set; }

    /// <summary>Starts the time that it waits.</summary>
    public void Start(TimeSpan wait, TimeProvider clock)
    {
        var timer = clock.CreateTimer(static state => ((Waiter)state!).EndInVain(), this, wait, Timeout.InfiniteTimeSpan);
        Volatile.Write(ref _timer, timer);
        if (Volatile.Read(ref _isDone) != 0)
            timer.Dispose();
    }

    /// <summary>Ends the wait with this answer. Only the first end counts.</summary>
    public void Answer(in CellAnswer answer)
    {
        if (TryEnd())
            _stream.AnswerWaiter(this, answer);
        else
            answer.Drop();
    }

    /// <summary>Ends the wait without an answer; true the first time.</summary>
    public bool TryEnd()
    {
        if (Interlocked.Exchange(ref _isDone, 1) != 0)
            return false;
        Volatile.Read(ref _timer)?.Dispose();
        return true;
    }

    private void EndInVain() => Answer(CellAnswer.None(_head));
}
