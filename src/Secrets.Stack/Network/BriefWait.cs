using System.Diagnostics;

namespace Secrets.Stack;

/// <summary>A wait that keeps its thread for some microseconds before that sleeps, where what was waited for last came as soon: to wake a thread takes longer.</summary>
/// <remarks>Only in programs that asked for it (<see cref="SecretStack.PreferLatency"/>), one at a time, and none where there is a single processor: a thread that keeps looking takes time from those with work to do.</remarks>
internal sealed class BriefWait
{
    private static readonly TimeSpan Limit = TimeSpan.FromMicroseconds(100);
    private static readonly bool HasOthers = Environment.ProcessorCount > 1;
    private static int _keeping;

    private long _began;
    private bool _wasBrief;

    /// <summary>Begins to wait; true if it has come before the thread would sleep.</summary>
    /// <param name="hasCome">Asked again and again.</param>
    /// <param name="state">What is asked.</param>
    public bool Begin<T>(Func<T, bool> hasCome, T state)
    {
        _began = Stopwatch.GetTimestamp();
        if (!SecretStack.PrefersLatency || !HasOthers || !_wasBrief || Interlocked.Exchange(ref _keeping, 1) != 0)
            return false;
        try
        {
            do
            {
                if (hasCome(state))
                    return true;
                Thread.SpinWait(10);
            }
            while (Stopwatch.GetElapsedTime(_began) < Limit);
            return false;
        }
        finally
        {
            Volatile.Write(ref _keeping, 0);
        }
    }

    /// <summary>It has come, in one way or the other.</summary>
    public void End() => _wasBrief = Stopwatch.GetElapsedTime(_began) < Limit;
}
