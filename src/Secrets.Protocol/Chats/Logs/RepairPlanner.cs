using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>Repair with one peer device, both ways: when to ask for holes, and which of those asked for to put again.</summary>
/// <remarks>
/// At most 64 boxes an hour each way, after 5 to 15 random minutes, never with a device that is not trusted both ways
/// (decisions 6, 15, 25). The state is small and lost at a restart without harm: it is only a budget. Spec: docs/protocol/chats.md §4.5.
/// </remarks>
public sealed class RepairPlanner
{
    /// <summary>Most boxes in an hour, each way.</summary>
    public const int MaxBoxesPerHour = 64;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(24);

    private readonly Dictionary<(ChannelId Channel, ulong Index), DateTimeOffset> _asked = [];
    private readonly List<DateTimeOffset> _askedTimes = [];
    private readonly List<DateTimeOffset> _answeredTimes = [];
    private DateTimeOffset? _askDue;

    /// <summary>When a request goes; null if there is nothing to ask for.</summary>
    public DateTimeOffset? AskDue => _askDue;

    /// <summary>Notes that a channel of the peer has holes.</summary>
    public void NoteHoles(DateTimeOffset now, RandomSource random) => _askDue ??= RandomDelay.From(now, random);

    /// <summary>True if a channel has a hole that was not asked for today.</summary>
    public bool HasToAsk(ChannelLog log, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log.LowestMissing < log.NextIndex && log.Holes.Any(h => !_asked.TryGetValue((log.Channel, h), out var asked) || now - asked >= AskAgainAfter);
    }

    /// <summary>The request for boxes of a temporary channel, or null: not trusted, or the hour's boxes are used. When they are asked for is the caller's to decide.</summary>
    public RepairRequestMessage? TakeRequest(ChannelId channel, IReadOnlyList<ulong> missing, DateTimeOffset now, bool isTrustedBothWays)
    {
        ArgumentNullException.ThrowIfNull(missing);
        if (!isTrustedBothWays || missing.Count == 0 || Allowed(_askedTimes, now) < missing.Count)
            return null;
        _askedTimes.AddRange(missing.Select(_ => now));
        return new RepairRequestMessage(channel, missing);
    }

    /// <summary>The request that goes now, or null: not due, not trusted, all asked for today, or the hour's boxes are used.</summary>
    public RepairRequestMessage? TakeRequest(ChannelLog log, DateTimeOffset now, bool isTrustedBothWays)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (!isTrustedBothWays || _askDue is not { } due || due > now)
            return null;
        _askDue = null;
        foreach (var old in _asked.Where(a => now - a.Value >= AskAgainAfter).Select(a => a.Key).ToList())
            _ = _asked.Remove(old);
        var holes = log.Holes.Where(h => !_asked.ContainsKey((log.Channel, h))).Take(Allowed(_askedTimes, now)).ToList();
        if (holes.Count == 0)
            return null;
        foreach (var hole in holes)
        {
            _asked[(log.Channel, hole)] = now;
            _askedTimes.Add(now);
        }

        return new RepairRequestMessage(log.Channel, holes);
    }

    /// <summary>When the answer to a request that came now goes.</summary>
    public static DateTimeOffset AnswerTime(DateTimeOffset now, RandomSource random) => RandomDelay.From(now, random);

    /// <summary>
    /// The answer to a request, or null for a device that is not trusted both ways or when the hour's boxes are used. The boxes marked true
    /// are to be put again.
    /// </summary>
    /// <param name="request">What the peer asks for.</param>
    /// <param name="entitledFrom">The first index of the channel that this peer's capability opens; null if it was given none.</param>
    /// <param name="canPutAgain">True if the sealed bytes of an index are still there and not past the message's own expiry.</param>
    /// <param name="now">The time.</param>
    /// <param name="isTrustedBothWays">Whether both devices trust each other.</param>
    public RepairAnswerMessage? Answer(RepairRequestMessage request, ulong? entitledFrom, Func<ulong, bool> canPutAgain, DateTimeOffset now, bool isTrustedBothWays)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(canPutAgain);
        var allowed = Allowed(_answeredTimes, now);
        if (!isTrustedBothWays || allowed == 0)
            return null;
        var boxes = new List<KeyValuePair<ulong, bool>>();
        foreach (var index in request.Indices.Take(allowed))
        {
            // not entitled, expired and not there are one answer
            boxes.Add(new KeyValuePair<ulong, bool>(index, entitledFrom <= index && canPutAgain(index)));
            _answeredTimes.Add(now);
        }

        return new RepairAnswerMessage(request.Channel, boxes);
    }

    private static int Allowed(List<DateTimeOffset> times, DateTimeOffset now)
    {
        // a clock that was set back must not stop repair for ever
        _ = times.RemoveAll(t => now - t >= Hour || t > now);
        return MaxBoxesPerHour - times.Count;
    }
}
