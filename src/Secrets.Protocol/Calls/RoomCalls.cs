using Secrets.Crypto;

namespace Secrets.Protocol.Calls;

/// <summary>The calls of a room as one session knows them: those that it heard of, and the one that it is in; without any IO.</summary>
/// <remarks>
/// Not thread-safe. A party is in one call at a time, so there are no more calls than parties. People want one call in a room: who is alone
/// in one goes over into another's, and several that begin at once become one. Spec: docs/protocol/calls.md §4.3.
/// </remarks>
public sealed class RoomCalls
{
    private readonly Dictionary<CallId, OngoingCall> _calls = [];
    private readonly Dictionary<CallId, DateTimeOffset> _begun = [];
    private readonly Dictionary<Hash256, DateTimeOffset> _missed = [];
    private readonly RandomSource _random;

    /// <summary>With no call.</summary>
    public RoomCalls(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
    }

    /// <summary>The call that this session is in; null: none.</summary>
    public OngoingCall? Joined { get; private set; }

    /// <summary>The call to show: the own one, or the one with the most parties; null: none.</summary>
    public OngoingCall? Shown => Joined ?? _calls.Values.Where(static call => call.Heard.Count > 0).Aggregate((OngoingCall?)null, static (best, call) => best is null || IsBetter(call, best) ? call : best);

    /// <summary>When <see cref="Tick"/> has something to do.</summary>
    public DateTimeOffset NextTick => _calls.Values.Select(static call => call.NextTick).Concat(_missed.Values).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

    /// <summary>Begins a call, or goes into the one that there is.</summary>
    /// <returns>OutOfTurn if in one already, or if as many as may be are in it.</returns>
    public CallError Join(CallMedia media, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (Joined is not null)
            return CallError.OutOfTurn;
        var call = Shown;
        if (call?.Heard.Count >= CallSignal.MaxParties)
            return CallError.OutOfTurn;
        if (call is null)
        {
            call = Add(CallId.Generate(_random), media, now);
        }

        Joined = call;
        call.Enter(now, effects);
        return CallError.None;
    }

    /// <summary>Leaves the call, if in one.</summary>
    public void Leave(CallEndReason reason, ICollection<CallEffect> effects)
    {
        Joined?.Leave(reason, effects);
        Joined = null;
        Forget();
    }

    /// <summary>Takes a signal of a party.</summary>
    public CallError Take(Hash256 party, CallSignal signal, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(effects);
        if (signal.Kind == CallSignalKind.Here)
        {
            foreach (var other in _calls.Values.Where(call => call.Id != signal.Call))
                other.Lose(party, effects);
            if (!_calls.ContainsKey(signal.Call))
                _ = Add(signal.Call, signal.Media, now, wasGoingOn: signal.Parties > 1);
        }

        if (!_calls.TryGetValue(signal.Call, out var call))
            return CallError.OutOfTurn;
        var error = call.Take(party, signal, now, effects);
        if (Joined is { IsIn: false })
            Joined = null;
        if (signal.Kind == CallSignalKind.Here && error == CallError.None)
            GoOver(call, signal.Parties, now, effects);
        Forget();
        return error;
    }

    /// <summary>Somebody has come into the room, or is back.</summary>
    public void Greet(Hash256 party, DateTimeOffset now)
    {
        _ = _missed.Remove(party);
        Joined?.Greet(now);
    }

    /// <summary>The room was made anew, and somebody isn't back in it yet: their connection is kept for a minute.</summary>
    public void Miss(Hash256 party, DateTimeOffset now)
    {
        if (Joined?.Find(party) is not null)
            _missed[party] = now + CallTimes.Missed;
    }

    /// <summary>Somebody has left the room, or was removed.</summary>
    public void Lose(Hash256 party, ICollection<CallEffect> effects)
    {
        _ = _missed.Remove(party);
        foreach (var call in _calls.Values)
            call.Lose(party, effects);
        Forget();
    }

    /// <summary>Does what is due.</summary>
    public void Tick(DateTimeOffset now, ICollection<CallEffect> effects)
    {
        foreach (var party in _missed.Where(missed => now >= missed.Value).Select(static missed => missed.Key).ToArray())
            Lose(party, effects);
        foreach (var call in _calls.Values)
            call.Tick(now, effects);
        Forget();
    }

    /// <summary>The name of the type.</summary>
    public override string ToString() => nameof(RoomCalls);

    private static bool IsBetter(OngoingCall one, OngoingCall other) => one.Heard.Count != other.Heard.Count ? one.Heard.Count > other.Heard.Count : one.Id.IsBefore(other.Id);

    private OngoingCall Add(CallId id, CallMedia media, DateTimeOffset now, bool wasGoingOn = false)
    {
        var call = new OngoingCall(id, media, isInRoom: true, _random) { WasGoingOn = wasGoingOn };
        _calls.Add(id, call);
        _begun.Add(id, now);
        return call;
    }

    private void GoOver(OngoingCall call, int parties, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (Joined is not { } joined || joined == call || call.Heard.Count >= CallSignal.MaxParties)
            return;
        var isAlone = joined is { Legs.Count: 0, Heard.Count: 0 };
        // nobody is taken out of a call that has been going on
        var isYoung = now - _begun[joined.Id] < CallTimes.Young;
        if (!(isAlone && parties > 1) && !((isAlone || isYoung) && call.Id.IsBefore(joined.Id)))
            return;
        joined.Leave(CallEndReason.HungUp, effects);
        Joined = call;
        call.Enter(now, effects);
    }

    private void Forget()
    {
        foreach (var call in _calls.Values.Where(static call => call is { IsIn: false, Heard.Count: 0 }).ToArray())
        {
            _ = _calls.Remove(call.Id);
            _ = _begun.Remove(call.Id);
        }
    }
}
