namespace Secrets.Client.Engine;

/// <summary>The copy at another relay of a box that was taken: it is looked at once, to see that it says the same.</summary>
internal sealed class CopyComparison(ReadTarget target, DateTimeOffset due)
{
    public ReadTarget Target { get; } = target;

    /// <summary>Not before this time: two relays are not to match what is read of them by time.</summary>
    public DateTimeOffset Due { get; set; } = due;

    /// <summary>True if it was not there yet: a bell will name it.</summary>
    public bool AwaitsBell { get; set; }

    /// <summary>How often the relay gave no usable answer.</summary>
    public int Vain { get; set; }
}
