using Secrets.Crypto;

namespace Secrets.Protocol.Calls;

/// <summary>One call as one party has it: a leg to every other party, without any IO.</summary>
/// <remarks>
/// Not thread-safe. A call of a chat has one leg; one of a room as many as parties said that they are in it. What is for all in a room
/// names no party in its effect. Spec: docs/protocol/calls.md §4.
/// </remarks>
public sealed class OngoingCall
{
    private const int MaxAsked = 1_024;

    private readonly Dictionary<Hash256, CallLeg> _legs = [];
    private readonly Dictionary<Hash256, DateTimeOffset> _heard = [];
    private readonly HashSet<Hash256> _asked = [];
    private readonly HashSet<Hash256> _distrusted = [];
    private readonly Dictionary<Hash256, DateTimeOffset> _askDue = [];
    private readonly RandomSource _random;
    private CallSwitches _switches;
    private DateTimeOffset _hereDue = DateTimeOffset.MaxValue;

    /// <summary>A call that begins, or that was heard of.</summary>
    public OngoingCall(CallId id, CallMedia media, bool isInRoom, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Id = id;
        Media = media;
        IsInRoom = isInRoom;
        _random = random;
    }

    /// <summary>Its name.</summary>
    public CallId Id { get; }

    /// <summary>What it began with.</summary>
    public CallMedia Media { get; }

    /// <summary>True in a room, where one joins without ringing.</summary>
    public bool IsInRoom { get; }

    /// <summary>True while the person is in it.</summary>
    public bool IsIn { get; private set; }

    /// <summary>True if it was going on already when it was heard of: who began it is not known.</summary>
    public bool WasGoingOn { get; init; }

    /// <summary>The legs that are not over.</summary>
    public IReadOnlyCollection<CallLeg> Legs => _legs.Values;

    /// <summary>In a room: who said to be in the call, and isn't gone.</summary>
    public IReadOnlyCollection<Hash256> Heard => _heard.Keys;

    /// <summary>When <see cref="Tick"/> has something to do.</summary>
    public DateTimeOffset NextTick
    {
        get
        {
            var next = _hereDue;
            foreach (var leg in _legs.Values)
                next = leg.NextTick < next ? leg.NextTick : next;
            foreach (var heard in _heard.Values)
                next = heard + CallTimes.Gone < next ? heard + CallTimes.Gone : next;
            foreach (var due in _askDue.Values)
                next = due < next ? due : next;
            return next;
        }
    }

    /// <summary>The leg to a party, if there is one that isn't over.</summary>
    public CallLeg? Find(Hash256 party) => _legs.GetValueOrDefault(party);

    /// <summary>True if somebody else was at the other end of the leg to a party: while the call lasts there is no other one.</summary>
    public bool IsDistrusted(Hash256 party) => _distrusted.Contains(party);

    /// <summary>In a room: the person is in the call from now on, and says so. Everybody in it is to be asked.</summary>
    public void Enter(DateTimeOffset now, ICollection<CallEffect> effects)
    {
        IsIn = true;
        if (!IsInRoom)
            return;
        _hereDue = now;
        foreach (var party in _heard.Keys)
            _askDue[party] = now;
        Tick(now, effects);
    }

    /// <summary>In a room: somebody has come who is to hear soon that there is this call.</summary>
    public void Greet(DateTimeOffset now)
    {
        if (IsIn && IsInRoom && _hereDue > now + CallTimes.Greet)
            _hereDue = now + CallTimes.Greet;
    }

    /// <summary>In a room: the connection that Prepare wished for, with the fingerprint of its certificate: asks the party, or accepts what it asked.</summary>
    public CallError Join(Hash256 party, bool mayGoStraight, Hash256 fingerprint, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (!IsIn || !IsInRoom || _distrusted.Contains(party))
            return CallError.OutOfTurn;
        if (Find(party) is not null)
            return Accept(party, mayGoStraight, fingerprint, now, effects);
        return _heard.ContainsKey(party) ? Ask(party, mayGoStraight, fingerprint, now, effects) : CallError.OutOfTurn;
    }

    /// <summary>Asks a party, with the fingerprint of a certificate made for that leg.</summary>
    public CallError Ask(Hash256 party, bool mayGoStraight, Hash256 fingerprint, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (_legs.ContainsKey(party) || _legs.Count >= CallSignal.MaxParties - 1)
            return CallError.OutOfTurn;
        IsIn = true;
        _ = _askDue.Remove(party);
        _legs.Add(party, CallLeg.Ask(Id, party, Media, rings: !IsInRoom, mayGoStraight, fingerprint, _random, now, effects));
        return CallError.None;
    }

    /// <summary>Accepts a party that asked.</summary>
    public CallError Accept(Hash256 party, bool mayGoStraight, Hash256 fingerprint, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (Find(party) is not { } leg)
            return CallError.OutOfTurn;
        var error = leg.Accept(mayGoStraight, fingerprint, now, effects);
        IsIn |= error == CallError.None;
        return error;
    }

    /// <summary>The connection to a party stands, with a certificate at its other end; it hears what is switched on and off here.</summary>
    public CallError Connect(Hash256 party, Hash256? shown, ICollection<CallEffect> effects)
    {
        if (Find(party) is not { } leg)
            return CallError.OutOfTurn;
        var error = leg.Connect(shown, effects);
        if (error == CallError.None && IsInRoom)
            leg.Switch(_switches, effects);
        ForgetEnded();
        return error;
    }

    /// <summary>Tells everybody in the call what is switched on and off here.</summary>
    public void Switch(CallSwitches switches, ICollection<CallEffect> effects)
    {
        _switches = switches;
        foreach (var leg in _legs.Values)
            leg.Switch(switches, effects);
    }

    /// <summary>Ends the leg to a party alone, and tells it why.</summary>
    public void End(Hash256 party, CallEndReason reason, ICollection<CallEffect> effects)
    {
        Find(party)?.End(reason, effects);
        ForgetEnded();
    }

    /// <summary>Takes a signal of a party.</summary>
    /// <param name="party">Who sent it: known from the chat or room that carried it.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="now">The time.</param>
    /// <param name="effects">What is to be done.</param>
    public CallError Take(Hash256 party, CallSignal signal, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(effects);
        if (signal.Call != Id)
            return CallError.OutOfTurn;
        if (signal.Kind == CallSignalKind.Here)
            return TakeHere(party, now, effects);
        if (signal.Kind == CallSignalKind.Ask)
            return TakeAsk(party, signal, now, effects);
        if (signal is { Kind: CallSignalKind.End, Leg: 0 } && IsInRoom)
        {
            Lose(party, effects);
            return CallError.None;
        }

        if (Find(party) is not { } leg)
            return CallError.OutOfTurn;
        var error = leg.Take(signal, now, effects);
        ForgetEnded();
        // somebody came a moment earlier: a call is with everybody in it or not at all; who is in it already stays
        if (error == CallError.None && signal is { Kind: CallSignalKind.End, Reason: CallEndReason.Full } && IsIn && IsInRoom && !_legs.Values.Any(static other => other.State == CallLegState.Connected))
            Leave(CallEndReason.Full, effects);
        return error;
    }

    /// <summary>Leaves: every leg ends, and in a room all are told.</summary>
    public void Leave(CallEndReason reason, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        foreach (var leg in _legs.Values)
            leg.End(reason, effects);
        ForgetEnded();
        if (IsIn && IsInRoom)
            effects.Add(new CallEffect(CallEffectKind.Send, default) { Signal = CallSignal.End(Id, leg: 0, reason) });
        IsIn = false;
        _hereDue = DateTimeOffset.MaxValue;
        _askDue.Clear();
        _distrusted.Clear();
        _switches = default;
    }

    /// <summary>A party has left the call, the chat or the room.</summary>
    public void Lose(Hash256 party, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        _ = _askDue.Remove(party);
        if (_heard.Remove(party))
            effects.Add(new CallEffect(CallEffectKind.Changed, party));
        Find(party)?.Close(CallEndReason.HungUp, effects);
        ForgetEnded();
    }

    /// <summary>Does what is due.</summary>
    public void Tick(DateTimeOffset now, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        foreach (var gone in _heard.Where(heard => now >= heard.Value + CallTimes.Gone).Select(static heard => heard.Key).ToArray())
        {
            _ = _heard.Remove(gone);
            _ = _askDue.Remove(gone);
            effects.Add(new CallEffect(CallEffectKind.Changed, gone));
        }

        foreach (var leg in _legs.Values)
            leg.Tick(now, effects);
        ForgetEnded();
        AskDue(now, effects);
        if (now < _hereDue)
            return;
        _hereDue = now + CallTimes.Here;
        effects.Add(new CallEffect(CallEffectKind.Send, default) { Signal = CallSignal.Here(Id, Media, 1 + _legs.Values.Count(static leg => leg.State == CallLegState.Connected)) });
    }

    /// <summary>The name of the type.</summary>
    public override string ToString() => nameof(OngoingCall);

    private CallError TakeHere(Hash256 party, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (!IsInRoom)
            return CallError.OutOfTurn;
        var isNew = !_heard.ContainsKey(party);
        if (isNew && _heard.Count >= CallSignal.MaxParties)
            return CallError.OutOfTurn;
        _heard[party] = now;
        if (isNew)
            effects.Add(new CallEffect(CallEffectKind.Changed, party));
        // who has just come asks; whoever didn't hear of this side is asked a moment later, by both at worst
        if (IsIn && !_legs.ContainsKey(party) && !_distrusted.Contains(party))
            _ = _askDue.TryAdd(party, now + CallTimes.FirstAsk);
        return CallError.None;
    }

    private void AskDue(DateTimeOffset now, ICollection<CallEffect> effects)
    {
        foreach (var party in _askDue.Where(due => now >= due.Value).Select(static due => due.Key).ToArray())
        {
            _ = _askDue.Remove(party);
            if (!_legs.ContainsKey(party) && _legs.Count < CallSignal.MaxParties - 1)
                effects.Add(new CallEffect(CallEffectKind.Prepare, party));
        }
    }

    private CallError TakeAsk(Hash256 party, CallSignal ask, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        // a commitment that came before is a copy: answered anew, it would end the leg that it once began
        if (ask.Rings == IsInRoom || (IsInRoom && !IsIn) || _distrusted.Contains(party) || _asked.Count >= MaxAsked || !_asked.Add(ask.Commitment))
            return CallError.OutOfTurn;
        if (Find(party) is { } known)
        {
            // both asked: one of the two stands, the same one on both sides
            if (known.State == CallLegState.Asking && known.Commitment.CompareTo(ask.Commitment) <= 0)
                return CallError.OutOfTurn;
            // who asks again has nothing left of the leg that there was
            known.Close(CallEndReason.HungUp, effects);
            ForgetEnded();
        }
        else if (_legs.Count >= CallSignal.MaxParties - 1)
        {
            effects.Add(new CallEffect(CallEffectKind.Send, party) { Signal = CallSignal.End(Id, ask.Leg, CallEndReason.Full) });
            return CallError.OutOfTurn;
        }

        _ = _askDue.Remove(party);
        _legs.Add(party, CallLeg.OnAsk(party, ask, _random, now));
        effects.Add(new CallEffect(CallEffectKind.Changed, party));
        if (IsInRoom)
            effects.Add(new CallEffect(CallEffectKind.Prepare, party));
        return CallError.None;
    }

    private void ForgetEnded()
    {
        foreach (var leg in _legs.Values.Where(static leg => leg.State == CallLegState.Ended).ToArray())
        {
            _ = _legs.Remove(leg.Party);
            // asked again, whoever is in between would have another try, and the person another warning
            if (leg.Reason == CallEndReason.WrongCertificate)
                _ = _distrusted.Add(leg.Party);
        }
    }
}
