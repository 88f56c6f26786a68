using System.Buffers.Binary;
using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Calls;

/// <summary>The connection between two parties of a call, without any IO: signals and what the media engine says in, effects out.</summary>
/// <remarks>Not thread-safe. What is out of turn changes nothing. Spec: docs/protocol/calls.md §4.1, §4.4.</remarks>
public sealed class CallLeg
{
    private const int MaxEarly = 40;

    private readonly CallId _call;
    private readonly List<string> _early = [];
    private readonly Hash256 _nonce;
    private bool _mayGoStraight;
    private Hash256 _fingerprint;
    private Hash256 _commitment;
    private Hash256 _theirFingerprint;
    private Hash256 _theirNonce;
    private int _described;
    private bool _stood;
    private DateTimeOffset _deadline;
    private DateTimeOffset _offerDue = DateTimeOffset.MaxValue;

    private CallLeg(CallId call, Hash256 party, bool isAsker, Hash256 nonce)
    {
        _call = call;
        Party = party;
        IsAsker = isAsker;
        _nonce = nonce;
    }

    /// <summary>The other side.</summary>
    public Hash256 Party { get; }

    /// <summary>True on the side that asked, which makes the offers.</summary>
    public bool IsAsker { get; }

    /// <summary>How far it has come.</summary>
    public CallLegState State { get; private set; }

    /// <summary>Of an ended leg.</summary>
    public CallEndReason Reason { get; private set; }

    /// <summary>What the other side has switched on and off.</summary>
    public CallSwitches Switches { get; private set; }

    /// <summary>The revision of the descriptions, from 1; 0 before there is any.</summary>
    public int Revision { get; private set; }

    /// <summary>The places of the words to compare; null until both certificates are fixed and known.</summary>
    public IReadOnlyList<int>? Words { get; private set; }

    /// <summary>What the asker committed to.</summary>
    public Hash256 Commitment => _commitment;

    /// <summary>What its signals bear: the first 8 bytes of the commitment.</summary>
    internal ulong Leg => BinaryPrimitives.ReadUInt64BigEndian(_commitment.Bytes);

    /// <summary>When <see cref="Tick"/> has something to do.</summary>
    public DateTimeOffset NextTick => State == CallLegState.Ended ? DateTimeOffset.MaxValue : _deadline < _offerDue ? _deadline : _offerDue;

    /// <summary>Asks a party, with the fingerprint of a certificate made for this leg.</summary>
    public static CallLeg Ask(CallId call, Hash256 party, CallMedia media, bool rings, bool mayGoStraight, Hash256 fingerprint, RandomSource random, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        var leg = new CallLeg(call, party, isAsker: true, NewNonce(random)) { State = CallLegState.Asking, _fingerprint = fingerprint, _mayGoStraight = mayGoStraight };
        leg._commitment = CallCommitment.Derive(call, fingerprint, leg._nonce);
        leg._deadline = now + (rings ? CallTimes.Ring : CallTimes.Agree);
        leg.Send(CallSignal.Ask(call, media, rings, leg._commitment), effects);
        return leg;
    }

    /// <summary>A party asked; nothing is said to it yet.</summary>
    /// <exception cref="ArgumentException">The signal is no Ask.</exception>
    public static CallLeg OnAsk(Hash256 party, CallSignal ask, RandomSource random, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ask);
        if (ask.Kind != CallSignalKind.Ask)
            throw new ArgumentException("A leg begins with Ask.", nameof(ask));
        return new CallLeg(ask.Call, party, isAsker: false, NewNonce(random)) { State = CallLegState.Asked, _commitment = ask.Commitment, _deadline = now + CallTimes.Ring };
    }

    /// <summary>Accepts, with the fingerprint of a certificate made for this leg.</summary>
    public CallError Accept(bool mayGoStraight, Hash256 fingerprint, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (State != CallLegState.Asked)
            return CallError.OutOfTurn;
        _fingerprint = fingerprint;
        _mayGoStraight = mayGoStraight;
        Enter(CallLegState.Agreeing, now + CallTimes.Agree, effects);
        Send(CallSignal.Accept(_call, Leg, fingerprint, _nonce), effects);
        return CallError.None;
    }

    /// <summary>The own media engine's offer of a revision, as MakeOffer wished; of a certificate other than the leg's it isn't sent.</summary>
    public CallError Offer(int revision, SessionDescription description, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (!IsAsker || !IsAgreed || revision != Revision || _described == Revision)
            return CallError.OutOfTurn;
        if (description.Fingerprint != _fingerprint)
            return CallError.WrongCertificate;
        _deadline = State == CallLegState.Agreeing ? now + CallTimes.Agree : _deadline;
        Send(CallSignal.Offer(_call, Leg, Revision, _nonce, Outgoing(description)), effects);
        return CallError.None;
    }

    /// <summary>The own media engine's answer to TakeOffer of a revision.</summary>
    public CallError Answer(int revision, SessionDescription description, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (IsAsker || !IsAgreed || revision != Revision || _described == Revision)
            return CallError.OutOfTurn;
        if (description.Fingerprint != _fingerprint)
            return CallError.WrongCertificate;
        _described = Revision;
        if (State == CallLegState.Agreeing)
            Enter(CallLegState.Connecting, now + CallTimes.Connect, effects);
        Send(CallSignal.Answer(_call, Leg, Revision, Outgoing(description)), effects);
        TakeEarly(effects);
        return CallError.None;
    }

    /// <summary>Ways to the own side that came after its description.</summary>
    public CallError Candidates(IEnumerable<string> candidates, ICollection<CallEffect> effects)
    {
        if (!IsAgreed || Revision == 0)
            return CallError.OutOfTurn;
        foreach (var some in candidates.Where(c => CallSignal.IsCandidate(c) && MayPass(c)).Chunk(CallSignal.MaxCandidates))
            Send(CallSignal.OfCandidates(_call, Leg, Revision, some), effects);
        return CallError.None;
    }

    /// <summary>The connection stands; the certificate that the other end showed must be the leg's. Null where the media engine doesn't tell and its own check is all there is.</summary>
    public CallError Connect(Hash256? shown, ICollection<CallEffect> effects)
    {
        if (State is not (CallLegState.Connecting or CallLegState.Connected))
            return CallError.OutOfTurn;
        if (shown is { } certificate && certificate != _theirFingerprint)
        {
            End(CallEndReason.WrongCertificate, effects);
            return CallError.WrongCertificate;
        }

        _offerDue = DateTimeOffset.MaxValue;
        if (State != CallLegState.Connected)
            Enter(CallLegState.Connected, DateTimeOffset.MaxValue, effects);
        _stood = true;
        return CallError.None;
    }

    /// <summary>The connection is lost, or the network another one: it is made anew.</summary>
    public void Disconnect(DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (State != CallLegState.Connected)
            return;
        Enter(CallLegState.Connecting, now + CallTimes.Lost, effects);
        _offerDue = now + CallTimes.FirstOffer;
    }

    /// <summary>Tells the other side what is switched on and off.</summary>
    public void Switch(CallSwitches switches, ICollection<CallEffect> effects)
    {
        if (IsAgreed)
            Send(CallSignal.State(_call, Leg, switches), effects);
    }

    /// <summary>Ends the leg and tells the other side why.</summary>
    public void End(CallEndReason reason, ICollection<CallEffect> effects)
    {
        if (State == CallLegState.Ended)
            return;
        Send(CallSignal.End(_call, Leg, reason), effects);
        Close(reason, effects);
    }

    /// <summary>Ends the leg for good without a word: the other side is gone, or knows.</summary>
    public void Close(CallEndReason reason, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        if (State == CallLegState.Ended)
            return;
        Reason = reason;
        _early.Clear();
        Enter(CallLegState.Ended, DateTimeOffset.MaxValue, effects);
        effects.Add(new CallEffect(CallEffectKind.Close, Party) { Reason = reason });
    }

    /// <summary>Does what is due.</summary>
    public void Tick(DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (State == CallLegState.Ended)
            return;
        if (now >= _deadline)
        {
            var reason = State switch
            {
                CallLegState.Asking or CallLegState.Asked => CallEndReason.NotAnswered,
                _ when _stood => CallEndReason.ConnectionLost,
                _ => CallEndReason.NotPossible,
            };
            End(reason, effects);
        }
        else if (now >= _offerDue)
        {
            _offerDue = now + CallTimes.NextOffer;
            AskAnew(effects);
        }
    }

    /// <summary>Takes a signal of the other side.</summary>
    public CallError Take(CallSignal signal, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(effects);
        // a signal of an earlier leg between the two comes too late
        if (signal.Call != _call || signal.Leg != Leg || State == CallLegState.Ended)
            return CallError.OutOfTurn;
        switch (signal.Kind)
        {
            case CallSignalKind.Accept:
                return TakeAccept(signal, now, effects);
            case CallSignalKind.Offer:
                return TakeOffer(signal, now, effects);
            case CallSignalKind.Answer:
                return TakeAnswer(signal, now, effects);
            case CallSignalKind.Candidates:
                return TakeCandidates(signal, effects);
            case CallSignalKind.Restart when IsAsker && State is CallLegState.Connecting or CallLegState.Connected:
                // one at a time: while an offer is out, it is the new one
                if (_described == Revision)
                    AskAnew(effects);
                return CallError.None;
            case CallSignalKind.State:
                Switches = signal.Switches;
                effects.Add(new CallEffect(CallEffectKind.Changed, Party));
                return CallError.None;
            case CallSignalKind.End:
                Close(signal.Reason, effects);
                return CallError.None;
            default:
                return CallError.OutOfTurn;
        }
    }

    /// <summary>The name of the type.</summary>
    public override string ToString() => nameof(CallLeg);

    private CallError TakeAccept(CallSignal accept, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (State != CallLegState.Asking)
            return CallError.OutOfTurn;
        _theirFingerprint = accept.Fingerprint;
        _theirNonce = accept.Nonce;
        Words = CallWords.Derive(_fingerprint, _theirFingerprint, _nonce, _theirNonce);
        Revision = 1;
        Enter(CallLegState.Agreeing, now + CallTimes.Agree, effects);
        effects.Add(new CallEffect(CallEffectKind.MakeOffer, Party));
        return CallError.None;
    }

    private CallError TakeOffer(CallSignal offer, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (IsAsker || !IsAgreed || offer.Revision <= Revision)
            return CallError.OutOfTurn;
        var fingerprint = offer.Description!.Fingerprint;
        var isBound = CryptographicOperations.FixedTimeEquals(CallCommitment.Derive(_call, fingerprint, offer.Nonce).Bytes, _commitment.Bytes);
        if (!isBound)
        {
            End(CallEndReason.WrongCertificate, effects);
            return CallError.WrongCertificate;
        }

        Begin(offer.Revision);
        if (Words is null)
        {
            _theirFingerprint = fingerprint;
            _theirNonce = offer.Nonce;
            Words = CallWords.Derive(_theirFingerprint, _fingerprint, _theirNonce, _nonce);
            _deadline = now + CallTimes.Agree;
        }

        effects.Add(new CallEffect(CallEffectKind.Changed, Party));
        effects.Add(new CallEffect(CallEffectKind.TakeOffer, Party) { Description = Incoming(offer.Description) });
        return CallError.None;
    }

    private CallError TakeAnswer(CallSignal answer, DateTimeOffset now, ICollection<CallEffect> effects)
    {
        if (!IsAsker || !IsAgreed || answer.Revision != Revision || _described >= Revision)
            return CallError.OutOfTurn;
        if (answer.Description!.Fingerprint != _theirFingerprint)
        {
            End(CallEndReason.WrongCertificate, effects);
            return CallError.WrongCertificate;
        }

        _described = Revision;
        if (State == CallLegState.Agreeing)
            Enter(CallLegState.Connecting, now + CallTimes.Connect, effects);
        effects.Add(new CallEffect(CallEffectKind.TakeAnswer, Party) { Description = Incoming(answer.Description) });
        TakeEarly(effects);
        return CallError.None;
    }

    private CallError TakeCandidates(CallSignal signal, ICollection<CallEffect> effects)
    {
        if (!IsAgreed || signal.Revision < Revision || signal.Revision > Revision + 1)
            return CallError.OutOfTurn;
        var usable = signal.Candidates.Where(MayPass).ToArray();
        if (signal.Revision == Revision && _described == Revision)
        {
            if (usable.Length > 0)
                effects.Add(new CallEffect(CallEffectKind.TakeCandidates, Party) { Candidates = usable });
            return CallError.None;
        }

        // of a description that is still to come
        _early.AddRange(usable.Take(MaxEarly - _early.Count));
        return CallError.None;
    }

    private void TakeEarly(ICollection<CallEffect> effects)
    {
        if (_early.Count > 0)
            effects.Add(new CallEffect(CallEffectKind.TakeCandidates, Party) { Candidates = [.. _early] });
        _early.Clear();
    }

    /// <summary>A new offer, or a wish for one.</summary>
    private void AskAnew(ICollection<CallEffect> effects)
    {
        if (!IsAsker)
        {
            Send(CallSignal.Restart(_call, Leg), effects);
            return;
        }

        if (Revision == ushort.MaxValue)
            return;
        Begin(Revision + 1);
        effects.Add(new CallEffect(CallEffectKind.MakeOffer, Party));
    }

    private void Begin(int revision)
    {
        // what came early is of the revision that begins, unless one was passed over
        if (IsAsker || revision > Revision + 1)
            _early.Clear();
        Revision = revision;
    }

    private SessionDescription Outgoing(SessionDescription description) => Incoming(description.WithEvenSound());

    private SessionDescription Incoming(SessionDescription description) => _mayGoStraight ? description : description.WithoutAddresses();

    private bool MayPass(string candidate) => _mayGoStraight || SessionDescription.IsRelayed(candidate);

    private void Enter(CallLegState state, DateTimeOffset deadline, ICollection<CallEffect> effects)
    {
        State = state;
        _deadline = deadline;
        if (state == CallLegState.Ended)
            _offerDue = DateTimeOffset.MaxValue;
        effects.Add(new CallEffect(CallEffectKind.Changed, Party));
    }

    private void Send(CallSignal signal, ICollection<CallEffect> effects) => effects.Add(new CallEffect(CallEffectKind.Send, Party) { Signal = signal });

    private bool IsAgreed => State is CallLegState.Agreeing or CallLegState.Connecting or CallLegState.Connected;

    private static Hash256 NewNonce(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        random.Fill(bytes);
        _ = Hash256.TryRead(bytes, out var nonce);
        return nonce;
    }
}
