using Secrets.Crypto;
using Secrets.Protocol.Calls;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>One session of a room with a media engine that makes what it is asked for, and connects when both ends have both descriptions.</summary>
internal sealed class CallRoomSide(CallRoom room, Hash256 self, ulong seed)
{
    private readonly Dictionary<Hash256, Hash256> _certificates = [];
    private readonly Dictionary<Hash256, Hash256> _described = [];
    private readonly HashSet<Hash256> _cut = [];

    public Hash256 Self { get; } = self;

    public RoomCalls Calls { get; } = new(new SeededRandomForTestsOnly(seed));

    /// <summary>Its line to the room is cut.</summary>
    public bool IsAway { get; set; }

    /// <summary>Connections that were made.</summary>
    public int Prepared { get; private set; }

    /// <summary>What is to be sent, in order; to nobody in particular: to all.</summary>
    public List<(Hash256 To, CallSignal Signal)> Out { get; } = [];

    public List<(Hash256 Party, CallEndReason Reason)> Ended { get; } = [];

    /// <summary>Certificates that others show in place of their own.</summary>
    public Dictionary<Hash256, Hash256> Shown { get; } = [];

    public IReadOnlyCollection<Hash256> Connected => [.. (Calls.Joined?.Legs ?? []).Where(static leg => leg.State == CallLegState.Connected).Select(static leg => leg.Party)];

    public CallError Join()
    {
        var error = CallError.None;
        Do(effects => error = Calls.Join(CallMedia.Video, room.Now, effects));
        return error;
    }

    public void Leave() => Do(effects => Calls.Leave(CallEndReason.HungUp, effects));

    public void Take(Hash256 from, CallSignal signal) => Do(effects => Calls.Take(from, signal, room.Now, effects));

    public void LoseConnection(Hash256 party)
    {
        _ = _cut.Add(party);
        Do(effects => Calls.Joined?.Find(party)?.Disconnect(room.Now, effects));
    }

    public void Tick()
    {
        Do(effects => Calls.Tick(room.Now, effects));
        foreach (var leg in (Calls.Joined?.Legs ?? []).Where(static leg => leg.State == CallLegState.Connecting).ToArray())
        {
            var other = room.Sides.Single(side => side.Self == leg.Party);
            if (!_cut.Contains(leg.Party) && IsDescribed(leg) && other.Calls.Joined?.Find(Self) is { } theirs && theirs.Commitment == leg.Commitment && other.IsDescribed(theirs))
                Do(effects => Calls.Joined!.Connect(leg.Party, Shown.GetValueOrDefault(leg.Party, other._certificates[Self]), effects));
        }
    }

    public void Do(Action<List<CallEffect>> step)
    {
        var effects = new List<CallEffect>();
        step(effects);
        for (var i = 0; i < effects.Count; i++)
            CarryOut(effects[i], effects);
    }

    private bool IsDescribed(CallLeg leg) => leg.State is CallLegState.Connecting or CallLegState.Connected && _described.ContainsKey(leg.Party);

    private void CarryOut(CallEffect effect, List<CallEffect> effects)
    {
        var (party, leg) = (effect.Party, Calls.Joined?.Find(effect.Party));
        switch (effect.Kind)
        {
            case CallEffectKind.Send:
                Out.Add((party, effect.Signal!));
                break;
            case CallEffectKind.Prepare:
                var certificate = Hash256.Of([.. Self.Bytes, .. party.Bytes, .. BitConverter.GetBytes(++Prepared)]);
                if (Calls.Joined?.Join(party, mayGoStraight: false, certificate, room.Now, effects) == CallError.None)
                    _certificates[party] = certificate;
                break;
            case CallEffectKind.MakeOffer when leg is not null:
                _ = _cut.Remove(party);
                _ = leg.Offer(leg.Revision, CallFixture.Description(_certificates[party]), room.Now, effects);
                break;
            case CallEffectKind.TakeOffer when leg is not null:
                _ = _cut.Remove(party);
                _described[party] = effect.Description!.Fingerprint;
                _ = leg.Answer(leg.Revision, CallFixture.Description(_certificates[party]), room.Now, effects);
                break;
            case CallEffectKind.TakeAnswer:
                _described[party] = effect.Description!.Fingerprint;
                break;
            case CallEffectKind.Close:
                Ended.Add((party, effect.Reason));
                _ = _described.Remove(party);
                _ = _cut.Remove(party);
                break;
            default:
                break;
        }
    }
}
