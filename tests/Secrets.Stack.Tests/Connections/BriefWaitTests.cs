namespace Secrets.Stack.Tests.Connections;

/// <summary>A thread is kept only where it pays.</summary>
public class BriefWaitTests
{
    [Fact]
    public void After_a_brief_wait_the_next_keeps_its_thread_and_after_a_long_one_it_does_not()
    {
        SecretStack.PrefersLatency = true;
        var asked = 0;
        bool Ask(int after) => new BriefWait().Begin(_ => Interlocked.Increment(ref asked) > after, 0);
        Assert.False(Ask(0));
        Assert.Equal(0, asked);

        var wait = new BriefWait();
        if (IsAlone(wait))
            return;
        Assert.True(IsKept(wait));
        // what never comes is given up after some microseconds, and not looked for again
        Assert.False(wait.Begin(static _ => false, 0));
        Thread.Sleep(1);
        wait.End();
        asked = 0;
        Assert.False(wait.Begin(_ => Interlocked.Increment(ref asked) > 0, 0));
        Assert.Equal(0, asked);
    }

    [Fact]
    public void Only_one_at_a_time_does()
    {
        SecretStack.PrefersLatency = true;
        var (first, second) = (new BriefWait(), new BriefWait());
        if (IsAlone(first))
            return;
        Assert.True(IsKept(first));
        Assert.True(IsKept(second));
        second.End();
        var asked = false;
        bool AskSecond(int _)
        {
            Assert.False(second.Begin(_ => asked = true, 0));
            return true;
        }

        Assert.True(BecomesTrue(() => MakeBrief(first) && first.Begin(AskSecond, 0)));
        Assert.False(asked);
    }

    /// <summary>Where there is a single processor, as in a page, nobody keeps it, however brief the waits are.</summary>
    private static bool IsAlone(BriefWait wait)
    {
        if (Environment.ProcessorCount > 1)
            return false;
        for (var i = 0; i < 100; i++)
            Assert.False(MakeBrief(wait) && wait.Begin(static _ => true, 0));
        return true;
    }

    /// <summary>Makes a wait brief, and waits again; another test of this process may be the one that keeps its thread.</summary>
    private static bool IsKept(BriefWait wait) => BecomesTrue(() => MakeBrief(wait) && wait.Begin(static _ => true, 0));

    private static bool MakeBrief(BriefWait wait)
    {
        _ = wait.Begin(static _ => true, 0);
        wait.End();
        return true;
    }

    private static bool BecomesTrue(Func<bool> isTrue) => SpinWait.SpinUntil(isTrue, TimeSpan.FromSeconds(20));
}
