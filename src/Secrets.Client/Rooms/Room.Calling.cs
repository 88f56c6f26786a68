using Secrets.Client.Engine;
using Secrets.Client.Network;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Calls;
using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Client.Rooms;

/// <content>The call of the room: signals out and in, and what the host's media engine is to do. Media are the host's.</content>
/// <remarks>Spec: docs/protocol/calls.md §4.3. Nothing of a call is kept, also not over a reload.</remarks>
internal sealed partial class Room
{
    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(5);

    private readonly RoomCalls _calls;
    private readonly ITimer _callTimer;
    private DateTimeOffset? _callSince;
    private CallId? _callTold;

    /// <summary>The relay's TURN server, with credentials for some hours; none if it has none.</summary>
    /// <exception cref="ClientException">The relay is not reached: whether it has one isn't known.</exception>
    public async ValueTask<IReadOnlyList<TurnView>> GetTurnAsync(CancellationToken cancellationToken)
    {
        IRoomLink link;
        lock (_gate)
        {
            CheckOpen();
            link = _connection?.Link ?? throw new ClientException(ClientError.RelayNotReached);
        }
        using var limit = new CancellationTokenSource(TurnLimit, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var answer = await link.GetTurnAsync(either.Token).ConfigureAwait(false);
            return TurnAnswer.TryRead(answer.Span, out var turn) ? [turn] : [];
        }
        catch (Exception failure) when (failure is RelayException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ClientException(ClientError.RelayNotReached);
        }
    }

    /// <summary>Begins a call in the room, or goes into the one that there is.</summary>
    public void JoinCall(CallMedia media) => Step(effects =>
    {
        if (_calls.Joined is not null)
            throw new ClientException(ClientError.InAnotherCall);
        if (_calls.Join(media, Time, effects) != CallError.None)
            throw new ClientException(ClientError.CallIsFull);
        _callSince = Time;
        return CallError.None;
    });

    /// <summary>Leaves the call.</summary>
    public void LeaveCall() => Step(effects =>
    {
        _ = RequireCall();
        _calls.Leave(CallEndReason.HungUp, effects);
        return CallError.None;
    });

    /// <summary>The connection that was wished for; false if it is wanted no more.</summary>
    public bool AddCallLeg(string session, bool straight, string fingerprint)
    {
        var error = CallError.None;
        StepTo(session, (call, party, effects) => error = call.Join(party, straight, CallTexts.Fingerprint(fingerprint), Time, effects));
        return error == CallError.None;
    }

    public void DescribeCall(string session, int revision, string description) => StepTo(session, (call, party, effects) => CallTexts.Describe(call.Find(party), revision, description, Time, effects));

    public void AddCallCandidates(string session, IReadOnlyList<string> candidates) => StepTo(session, (call, party, effects) => call.Find(party)?.Candidates(candidates, effects) ?? CallError.OutOfTurn);

    public void ConnectCall(string session, string? fingerprint) => StepTo(session, (call, party, effects) => call.Connect(party, fingerprint is null ? null : CallTexts.Fingerprint(fingerprint), effects));

    public void DisconnectCall(string session) => StepTo(session, (call, party, effects) =>
    {
        call.Find(party)?.Disconnect(Time, effects);
        return CallError.None;
    });

    /// <summary>Ends the connection to one party: it can't be made, or somebody else is at its end.</summary>
    public void EndCallLeg(string session, CallEndReason reason) => StepTo(session, (call, party, effects) =>
    {
        call.End(party, reason, effects);
        return CallError.None;
    });

    public void SwitchCall(CallSwitches switches) => Step(effects =>
    {
        RequireCall().Switch(switches, effects);
        return CallError.None;
    });

    private DateTimeOffset Time => _options.Time.GetUtcNow();

    private OngoingCall RequireCall() => _calls.Joined ?? throw new ClientException(ClientError.NotInCall);

    private void StepTo(string session, Func<OngoingCall, Hash256, List<CallEffect>, CallError> step)
    {
        var party = PartyOf(Parse(session));
        Step(effects => step(RequireCall(), party, effects));
    }

    private void Step(Func<List<CallEffect>, CallError> step)
    {
        lock (_gate)
        {
            CheckOpen();
            var effects = new List<CallEffect>();
            var error = step(effects);
            CarryOut(effects);
            Drain();
            CallTexts.Require(error);
        }
    }

    private void TakeSignal(RoomHeard heard)
    {
        if (CallSignal.TryRead(heard.Signal.Span, out var signal) != CallError.None)
            return;
        var effects = new List<CallEffect>();
        _ = _calls.Take(PartyOf(heard.Session), signal!, Time, effects);
        CarryOut(effects);
    }

    /// <summary>Who comes is told of the call; who goes is out of it.</summary>
    private void CareForCall(RoomHeard heard)
    {
        var effects = new List<CallEffect>();
        if (heard.Kind is RoomHeardKind.Joined or RoomHeardKind.Back)
            _calls.Greet(PartyOf(heard.Session), Time);
        else if (heard.Kind == RoomHeardKind.Missed)
            _calls.Miss(PartyOf(heard.Session), Time);
        else if (heard.Kind is RoomHeardKind.Left or RoomHeardKind.Removed)
            _calls.Lose(PartyOf(heard.Session), effects);
        else if (heard.Kind == RoomHeardKind.Ended)
            _calls.Leave(CallEndReason.HungUp, effects);
        else
            return;
        CarryOut(effects);
    }

    private void OnCallTime()
    {
        lock (_gate)
        {
            if (_ending != RoomEnding.None)
                return;
            var effects = new List<CallEffect>();
            _calls.Tick(Time, effects);
            CarryOut(effects);
            Drain();
        }
    }

    private void CarryOut(List<CallEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect.Kind)
            {
                case CallEffectKind.Send:
                    Send(effect.Party, effect.Signal!);
                    break;
                case CallEffectKind.Changed:
                    break;
                default:
                    TellStep(effect);
                    break;
            }
        }
        if (_calls.Joined is null)
            _callSince = null;
        TellCall();
        if (effects.Count > 0)
            Tell(RoomEventKind.RoomChanged);
        var wait = _calls.NextTick - Time;
        // a timer takes no more than some weeks; none is due that late
        _ = _callTimer.Change(_calls.NextTick == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Send(Hash256 party, CallSignal signal)
    {
        var bytes = new byte[signal.Size];
        signal.Write(bytes);
        if (party != default)
        {
            _ = SessionId.TryRead(party.Bytes, out var session);
            _ = Machine.Call(session, bytes, Now);
            return;
        }
        foreach (var person in Machine.People)
            _ = Machine.Call(person.Session, bytes, Now);
    }

    private void TellStep(CallEffect effect)
    {
        if (!_isAnnounced)
            return;
        _events.Publish(new RoomEvent
        {
            Kind = RoomEventKind.CallStep,
            Id = Id,
            Session = Convert.ToHexStringLower(effect.Party.Bytes),
            CallStep = new CallStepView
            {
                Step = effect.Kind,
                Revision = _calls.Joined?.Find(effect.Party)?.Revision ?? 0,
                Description = effect.Description?.Text,
                Candidates = effect.Candidates,
                Reason = effect.Kind == CallEffectKind.Close ? effect.Reason : null,
            },
        });
    }

    /// <summary>A line when a call begins, and when nobody is in it any more.</summary>
    private void TellCall()
    {
        var shown = _calls.Shown;
        if (shown?.Id == _callTold)
            return;
        // another call in the place of one is no news
        var isNews = shown is null || _callTold is null;
        _callTold = shown?.Id;
        if (!isNews || _ending != RoomEnding.None || shown is { IsIn: false, WasGoingOn: true })
            return;
        var by = shown is null ? default : shown.IsIn ? Machine.Me : SessionOf(shown.Heard.First());
        AddLine(new RoomLine
        {
            Id = $"notice-{++_position}",
            Position = _position,
            Time = Time,
            Notice = shown is null ? RoomNotice.CallEnded : RoomNotice.CallBegan,
            From = Hex(by),
            Name = Machine.NameOf(by),
            Sent = true,
        });
    }

    private RoomCallView? CallView() => _calls.Shown is not { } call ? null : new RoomCallView
    {
        Id = Convert.ToHexStringLower(call.Id.Bytes),
        Media = call.Media,
        Joined = call.IsIn,
        Full = !call.IsIn && call.Heard.Count >= CallSignal.MaxParties,
        Since = _callSince,
        Parties = [.. call.Heard.Union(call.Legs.Select(static leg => leg.Party)).Select(party => ViewOf(party, call))],
    };

    private RoomCallPartyView ViewOf(Hash256 party, OngoingCall call)
    {
        var leg = call.Find(party);
        var switches = leg?.Switches ?? default;
        return new RoomCallPartyView
        {
            Session = Convert.ToHexStringLower(party.Bytes),
            Name = Machine.NameOf(SessionOf(party)),
            Connected = leg?.State == CallLegState.Connected,
            Distrusted = call.IsDistrusted(party),
            Words = CallTexts.Words(leg),
            MicrophoneOff = switches.HasFlag(CallSwitches.MicrophoneOff),
            CameraOn = switches.HasFlag(CallSwitches.CameraOn),
            ScreenShown = switches.HasFlag(CallSwitches.ScreenShown),
        };
    }

    private static Hash256 PartyOf(in SessionId session) => Hash256.TryRead(session.Bytes, out var party) ? party : default;

    private static SessionId SessionOf(Hash256 party) => SessionId.TryRead(party.Bytes, out var session) ? session : default;
}
