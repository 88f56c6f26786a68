using Secrets.Protocol.Calls;

namespace Secrets.Client.Engine;

/// <summary>What a received box changed, to be told once the store has it.</summary>
internal sealed class Effect
{
    public List<Line> Added { get; } = [];

    public List<Line> Changed { get; } = [];

    /// <summary>The confirmation came: the session can be used both ways.</summary>
    public bool IsOpened { get; set; }

    /// <summary>The other side renewed after its lease was out: what waited may go.</summary>
    public bool IsRenewed { get; set; }

    /// <summary>A right proof came.</summary>
    public bool IsProved { get; set; }

    public bool IsChatChanged { get; set; }

    /// <summary>Signals of calls that are whole, with the time at which they were written.</summary>
    public List<(CallSignal Signal, DateTimeOffset Written)> Signals { get; } = [];

    /// <summary>Something new is waited for.</summary>
    public bool IsAwaitingMore { get; set; }
}
