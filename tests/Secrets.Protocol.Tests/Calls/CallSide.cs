using Secrets.Crypto;
using Secrets.Protocol.Calls;
using static Secrets.Protocol.Tests.Calls.CallFixture;

namespace Secrets.Protocol.Tests.Calls;

/// <summary>A party with a media engine that makes what it is asked for at once.</summary>
internal sealed class CallSide(Hash256 self, CallId id, ulong seed, bool isInRoom = false, bool mayGoStraight = false)
{
    private readonly Dictionary<Hash256, Hash256> _shown = [];

    public Hash256 Self { get; } = self;

    public OngoingCall Call { get; } = new(id, CallMedia.Video, isInRoom, new SeededRandomForTestsOnly(seed));

    /// <summary>What is to be sent, in order; to nobody in particular: to all.</summary>
    public List<(Hash256 To, CallSignal Signal)> Out { get; } = [];

    public List<CallEffect> Seen { get; } = [];

    public Dictionary<Hash256, CallEndReason> Ended { get; } = [];

    /// <summary>The certificate of the leg to a party.</summary>
    public Hash256 Certificate(Hash256 party) => Hash256.Of([.. Self.Bytes, .. party.Bytes]);

    public void Ask(Hash256 party, DateTimeOffset now) => Do(now, effects => Call.Ask(party, mayGoStraight, Certificate(party), now, effects));

    public CallError Take(Hash256 from, CallSignal signal, DateTimeOffset now)
    {
        var error = CallError.None;
        Do(now, effects => error = Call.Take(from, signal, now, effects));
        return error;
    }

    public void Accept(Hash256 party, DateTimeOffset now) => Do(now, effects => Call.Accept(party, mayGoStraight, Certificate(party), now, effects));

    public void Enter(DateTimeOffset now) => Do(now, effects => Call.Enter(now, effects));

    public void Leave(DateTimeOffset now) => Do(now, effects => Call.Leave(CallEndReason.HungUp, effects));

    public void Tick(DateTimeOffset now) => Do(now, effects => Call.Tick(now, effects));

    public void Lose(Hash256 party, DateTimeOffset now) => Do(now, effects => Call.Find(party)?.Disconnect(now, effects));

    /// <summary>The connection stands, as soon as both descriptions are known here, and shows this certificate.</summary>
    public CallError Connect(Hash256 party, Hash256 certificate, DateTimeOffset now)
    {
        var error = CallError.OutOfTurn;
        Do(now, effects => error = Call.Find(party)?.Connect(certificate, effects) ?? CallError.OutOfTurn);
        return error;
    }

    public string? Words(Hash256 party) => Call.Find(party)?.Words is { } words ? string.Join(' ', words) : null;

    public void Do(DateTimeOffset now, Action<List<CallEffect>> step)
    {
        var effects = new List<CallEffect>();
        step(effects);
        for (var i = 0; i < effects.Count; i++)
        {
            var effect = effects[i];
            Seen.Add(effect);
            switch (effect.Kind)
            {
                case CallEffectKind.Send:
                    Out.Add((effect.Party, effect.Signal!));
                    break;
                case CallEffectKind.MakeOffer when Call.Find(effect.Party) is { } leg:
                    _ = leg.Offer(leg.Revision, Description(Certificate(effect.Party)), now, effects);
                    break;
                case CallEffectKind.TakeOffer when Call.Find(effect.Party) is { } leg:
                    _shown[effect.Party] = effect.Description!.Fingerprint;
                    _ = leg.Answer(leg.Revision, Description(Certificate(effect.Party)), now, effects);
                    break;
                case CallEffectKind.TakeAnswer:
                    _shown[effect.Party] = effect.Description!.Fingerprint;
                    break;
                case CallEffectKind.Close:
                    Ended[effect.Party] = effect.Reason;
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Hands over everything that is to be sent until nothing is.</summary>
    public static void Settle(DateTimeOffset now, params CallSide[] sides)
    {
        while (sides.FirstOrDefault(static side => side.Out.Count > 0) is { } from)
        {
            var (to, signal) = from.Out[0];
            from.Out.RemoveAt(0);
            foreach (var side in sides.Where(side => side != from && (to == default || to == side.Self)))
                _ = side.Take(from.Self, Carry(signal), now);
        }
    }
}
