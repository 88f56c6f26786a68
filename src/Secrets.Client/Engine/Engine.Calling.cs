using System.Globalization;
using Secrets.Client.Events;
using Secrets.Client.Network;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Calls;
using Secrets.Protocol.Chats;

namespace Secrets.Client.Engine;

/// <content>Calls: signals out and in over the chat's session, and the one call that this identity is in. Media are the host's.</content>
/// <remarks>Spec: docs/protocol/calls.md §3.2, §4.2. Nothing of a call is stored but its line afterwards.</remarks>
internal sealed partial class Engine
{
    private EngineCall? _call;

    /// <summary>The call that this identity is in, or that rings; null: none.</summary>
    public CallView? CallView() => _call is { } call ? ViewOf(call) : null;

    /// <summary>The connections to the relays that this person chose: whose TURN servers are used.</summary>
    public IReadOnlyList<RelayConnection> ChosenConnections() =>
        [.. ChosenRelays.Select(address => TryGetRelayId(address, out var id) ? _relays.GetValueOrDefault(id)?.Connection : null).OfType<RelayConnection>()];

    /// <summary>Calls the other side of a chat. The fingerprint is of a certificate that the host's media engine made for this call.</summary>
    public async ValueTask<CallView> StartCallAsync(Chat chat, CallMedia media, bool straight, string fingerprint)
    {
        RequireWritable();
        RequireOpen(chat);
        if (_call is not null)
            throw new ClientException(ClientError.InAnotherCall);
        if (PartyOf(chat) is not { } party || CallSession(chat) is null)
            throw new ClientException(ClientError.NobodyThere);
        var call = new EngineCall(chat.Id, party, new OngoingCall(CallId.Generate(Random), media, isInRoom: false, Random), isOwn: true);
        var effects = new List<CallEffect>();
        _ = call.Call.Ask(call.Party, straight, CallTexts.Fingerprint(fingerprint), Now, effects);
        _call = call;
        await CarryOutAsync(call, effects).ConfigureAwait(false);
        return ViewOf(call);
    }

    /// <summary>Takes the call that rings.</summary>
    public ValueTask AcceptCallAsync(bool straight, string fingerprint) =>
        StepAsync((call, effects) => call.Call.Accept(call.Party, straight, CallTexts.Fingerprint(fingerprint), Now, effects));

    /// <summary>Declines the call that rings, or hangs up.</summary>
    public ValueTask EndCallAsync() => EndCallAsync(_call?.Phase == CallPhase.Ringing ? CallEndReason.Declined : CallEndReason.HungUp);

    /// <summary>Ends the call for both, as the host's media engine can't make it, or saw that the other end can't show the agreed certificate.</summary>
    public ValueTask EndCallAsync(CallEndReason reason) => StepAsync((call, effects) =>
    {
        call.Call.Leave(reason, effects);
        return CallError.None;
    });

    /// <summary>What the media engine made of MakeOffer or TakeOffer.</summary>
    public ValueTask DescribeCallAsync(int revision, string description) =>
        StepAsync((call, effects) => CallTexts.Describe(call.Leg, revision, description, Now, effects));

    /// <summary>Further ways to this side.</summary>
    public ValueTask AddCandidatesAsync(IReadOnlyList<string> candidates) =>
        StepAsync((call, effects) => call.Leg?.Candidates(candidates, effects) ?? CallError.OutOfTurn);

    /// <summary>The connection stands, with a certificate of this fingerprint at the other end.</summary>
    public ValueTask ConnectCallAsync(string? fingerprint) => StepAsync((call, effects) =>
    {
        var error = call.Leg?.Connect(fingerprint is null ? null : CallTexts.Fingerprint(fingerprint), effects) ?? CallError.OutOfTurn;
        if (error == CallError.None)
            call.Since ??= Now;
        return error;
    });

    /// <summary>The connection was lost, or the network is another one.</summary>
    public ValueTask DisconnectCallAsync() => StepAsync((call, effects) =>
    {
        call.Leg?.Disconnect(Now, effects);
        return CallError.None;
    });

    /// <summary>Tells the other side what is switched on and off here.</summary>
    public ValueTask SwitchCallAsync(CallSwitches switches) => StepAsync((call, effects) =>
    {
        call.Leg?.Switch(switches, effects);
        return CallError.None;
    });

    /// <summary>The chat whose boxes are asked for by waiting reads: the one of the call before the one that is looked at.</summary>
    private ChatId? Attended => _call?.Chat ?? _attended;

    private ChatSession? CallSession(Chat chat) => chat.Current is { IsConfirmed: true, TheyLeft: false } session && !session.Lease.IsOut(Now) ? session : null;

    private static Hash256? PartyOf(Chat chat) => chat.TheirChain is { } theirs && Hash256.TryRead(theirs.Id.Bytes, out var party) ? party : null;

    private async ValueTask StepAsync(Func<EngineCall, List<CallEffect>, CallError> step)
    {
        if (_call is not { } call)
            throw new ClientException(ClientError.NotInCall);
        var effects = new List<CallEffect>();
        var error = step(call, effects);
        await CarryOutAsync(call, effects).ConfigureAwait(false);
        CallTexts.Require(error);
    }

    /// <summary>An identity that is closed leaves no call that nobody sees any more; the other side is told if that still goes out.</summary>
    private async Task EndLastCallAsync()
    {
        try
        {
            _ = await RunAsync(
                async () =>
                {
                    if (_call is not null)
                        await EndCallAsync().ConfigureAwait(false);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a store that refuses the last line of a call must not keep the identity open
        catch (Exception)
#pragma warning restore CA1031
        {
            // the other side finds that the connection is gone
        }
    }

    private ValueTask EndCallInAsync(Chat chat) => _call?.Chat == chat.Id ? EndCallAsync() : ValueTask.CompletedTask;

    private async ValueTask CareForCallAsync()
    {
        if (_call is not { } call)
            return;
        var effects = new List<CallEffect>();
        call.Call.Tick(Now, effects);
        await CarryOutAsync(call, effects).ConfigureAwait(false);
    }

    /// <summary>A signal came whole; it is older than a minute only if it waited at the relay.</summary>
    private async ValueTask HearAsync(Chat chat, CallSignal signal, DateTimeOffset written)
    {
        if (PartyOf(chat) is not { } party)
            return;
        var effects = new List<CallEffect>();
        if (_call is { } present && present.Chat == chat.Id && present.Call.Id == signal.Call)
        {
            _ = present.Call.Take(party, signal, Now, effects);
            await CarryOutAsync(present, effects).ConfigureAwait(false);
            return;
        }
        if (signal is not { Kind: CallSignalKind.Ask, Rings: true })
            return;
        if (Now - written > CallTimes.Old)
        {
            await AddCallLineAsync(chat, ChatNotice.CallMissed, "").ConfigureAwait(false);
            return;
        }
        var isCrossed = _call is { IsOwn: true, Phase: CallPhase.Calling } own && own.Chat == chat.Id;
        // who calls again has left the call that we still hold: their device started anew, and knows nothing of it
        if (!isCrossed && _call is { } left && left.Chat == chat.Id)
            await EndCallAsync(left.Phase == CallPhase.Ringing ? CallEndReason.HungUp : CallEndReason.ConnectionLost).ConfigureAwait(false);
        if (isCrossed && _call!.Leg!.Commitment.CompareTo(signal.Commitment) <= 0)
            return;
        if (_call is not null && !isCrossed)
        {
            await SendSignalAsync(chat, CallSignal.End(signal.Call, signal.Leg, CallEndReason.Busy)).ConfigureAwait(false);
            await AddCallLineAsync(chat, ChatNotice.CallMissed, "").ConfigureAwait(false);
            return;
        }
        if (isCrossed)
            RaiseStep(_call!, new CallStepView { Step = CallEffectKind.Close });
        var call = new EngineCall(chat.Id, party, new OngoingCall(signal.Call, signal.Media, isInRoom: false, Random), isOwn: false) { IsWanted = isCrossed };
        _call = call;
        _ = call.Call.Take(party, signal, Now, effects);
        await CarryOutAsync(call, effects).ConfigureAwait(false);
    }

    private async ValueTask CarryOutAsync(EngineCall call, List<CallEffect> effects)
    {
        // a step that the store refused has put another chat in the place of the one with which the call began
        var chat = Require(call.Chat);
        foreach (var effect in effects)
        {
            switch (effect.Kind)
            {
                case CallEffectKind.Send:
                    await SendSignalAsync(chat, effect.Signal!).ConfigureAwait(false);
                    break;
                case CallEffectKind.Changed:
                    break;
                case CallEffectKind.Close:
                    call.Reason = effect.Reason;
                    RaiseStep(call, new CallStepView { Step = effect.Kind, Reason = effect.Reason });
                    break;
                default:
                    RaiseStep(call, new CallStepView { Step = effect.Kind, Revision = call.Leg?.Revision ?? 0, Description = effect.Description?.Text, Candidates = effect.Candidates });
                    break;
            }
        }
        if (effects.Count > 0 && _call == call)
            _events.Publish(new ClientEvent { Kind = ClientEventKind.CallChanged, Time = Now, Call = ViewOf(call), Chat = ViewOf(chat) });
        if (call.Reason is { } reason && _call == call)
        {
            _call = null;
            var (notice, text) = LineOf(call, reason);
            await AddCallLineAsync(chat, notice, text).ConfigureAwait(false);
        }
        Pump();
    }

    /// <summary>What a call that is over leaves in the chat.</summary>
    private (ChatNotice Notice, string Text) LineOf(EngineCall call, CallEndReason reason) => reason switch
    {
        _ when call.Since is { } since => (ChatNotice.CallEnded, ((long)(Now - since).TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        CallEndReason.WrongCertificate => (ChatNotice.CallWrongCertificate, ""),
        CallEndReason.Declined => (ChatNotice.CallDeclined, ""),
        CallEndReason.Busy => (ChatNotice.CallBusy, ""),
        CallEndReason.NotPossible or CallEndReason.ConnectionLost => (ChatNotice.CallFailed, ""),
        _ => (call.IsOwn ? ChatNotice.CallNotAnswered : ChatNotice.CallMissed, ""),
    };

    private async ValueTask AddCallLineAsync(Chat chat, ChatNotice notice, string text)
    {
        if (chat.IsDeleted)
            return;
        using var transaction = Store.Begin();
        var line = AddNotice(transaction, chat, notice, text);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.MessageAdded, chat, line);
    }

    /// <summary>Seals a signal in as many boxes as it needs; if the session can't carry it any more it is lost, as the call is then.</summary>
    private async ValueTask SendSignalAsync(Chat chat, CallSignal signal)
    {
        if (CallSession(chat) is not { } session)
            return;
        var bytes = new byte[signal.Size];
        signal.Write(bytes);
        await GuardAsync(chat, async () =>
        {
            using var transaction = Store.Begin();
            foreach (var part in CallSignalMessage.Split(bytes))
                WriteControl(transaction, session, part);
            SessionSlot.Put(transaction, session);
            await CommitAsync(transaction, chat).ConfigureAwait(false);
        }).ConfigureAwait(false);
        Pump();
    }

    private static void TakeSignal(ChatSession session, CallSignalMessage part, DateTimeOffset written, Effect effect)
    {
        if (session.Signals.TryAdd(part, out var whole) == MessageError.None && !whole.IsEmpty && CallSignal.TryRead(whole.Span, out var signal) == CallError.None)
            effect.Signals.Add((signal!, written));
    }

    private void RaiseStep(EngineCall call, CallStepView step) =>
        _events.Publish(new ClientEvent { Kind = ClientEventKind.CallStep, Time = Now, Call = ViewOf(call), CallStep = step });

    private static CallView ViewOf(EngineCall call) => new()
    {
        Id = Convert.ToHexStringLower(call.Call.Id.Bytes),
        Chat = call.Chat,
        Phase = call.Phase,
        Media = call.Call.Media,
        Own = call.IsOwn,
        Wanted = call.IsWanted,
        Since = call.Since,
        Words = CallTexts.Words(call.Leg),
        MicrophoneOff = call.Leg?.Switches.HasFlag(CallSwitches.MicrophoneOff) ?? false,
        CameraOn = call.Leg?.Switches.HasFlag(CallSwitches.CameraOn) ?? false,
        ScreenShown = call.Leg?.Switches.HasFlag(CallSwitches.ScreenShown) ?? false,
        Reason = call.Reason,
    };
}
