namespace Secrets.Protocol.Chats;

/// <summary>Up to where one channel was received, with the holes below.</summary>
public sealed class ChannelAcknowledgement
{
    /// <summary>Most holes that are listed.</summary>
    public const int MaxHoles = 64;

    /// <summary>Farthest a hole may lie below the next index.</summary>
    public const int MaxDistance = ushort.MaxValue;

    /// <summary>What was received of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="next">One more than the highest index that this says something about.</param>
    /// <param name="holes">Indices below it that were not received, ascending.</param>
    public ChannelAcknowledgement(ChannelId channel, ulong next, IReadOnlyList<ulong> holes)
    {
        ArgumentNullException.ThrowIfNull(holes);
        if (!AreHoles(next, holes))
            throw new ArgumentException("Holes are ascending, below the next index, at most 64.", nameof(holes));
        Channel = channel;
        Next = next;
        Holes = holes;
    }

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>One more than the highest index that this says something about.</summary>
    public ulong Next { get; }

    /// <summary>Indices below it that were not received, ascending.</summary>
    public IReadOnlyList<ulong> Holes { get; }

    /// <summary>True if the box of that index was received.</summary>
    public bool Covers(ulong index) => index < Next && !Holes.Contains(index);

    private static bool AreHoles(ulong next, IReadOnlyList<ulong> holes)
    {
        if (holes.Count > MaxHoles)
            return false;
        for (var i = 0; i < holes.Count; i++)
        {
            if (holes[i] >= next || next - holes[i] > MaxDistance || (i > 0 && holes[i] <= holes[i - 1]))
                return false;
        }

        return true;
    }
}
