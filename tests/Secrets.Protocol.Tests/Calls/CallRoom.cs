using Secrets.Crypto;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>Some people in a room, and a clock: carries their signals, well or badly.</summary>
internal sealed class CallRoom
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    public CallRoom(int people, ulong seed) =>
        Sides = [.. Enumerable.Range(0, people).Select(i => new CallRoomSide(this, Hash256.Of([(byte)i]), (seed * 100) + (ulong)i))];

    public IReadOnlyList<CallRoomSide> Sides { get; }

    public DateTimeOffset Now { get; private set; } = CallFixture.Noon;

    /// <summary>Loses, repeats and reorders by this; null: carries well.</summary>
    public RandomSource? Trouble { get; set; }

    public void Run(TimeSpan time)
    {
        for (var end = Now + time; Now < end; Now += Step)
        {
            foreach (var side in Sides)
                side.Tick();
            Carry();
        }
    }

    private void Carry()
    {
        while (Sides.FirstOrDefault(static side => side.Out.Count > 0) is { } from)
        {
            var at = Trouble?.Next(4) == 0 ? (int)Trouble.Next((uint)from.Out.Count) : 0;
            var (to, signal) = from.Out[at];
            if (Trouble?.Next(12) != 0)
                from.Out.RemoveAt(at);
            if (from.IsAway || Trouble?.Next(12) == 0)
                continue;
            foreach (var side in Sides.Where(side => side != from && !side.IsAway && (to == default || to == side.Self)))
                side.Take(from.Self, CallFixture.Carry(signal));
        }
    }
}
