using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>A secret that was entered here (or a standing offer that is answered): looks for the offer, answers it once, sees the answer to its relays.</summary>
internal sealed class SecretTry : IDisposable
{
    public SecretTry(Secret secret, OfferKind kind, bool direct)
    {
        Secret = secret;
        Kind = kind;
        IsDirect = direct;
    }

    public Secret Secret { get; }

    public OfferKind Kind { get; }

    /// <summary>True if the person says that the secret came straight from the other side.</summary>
    public bool IsDirect { get; set; }

    /// <summary>True if the person agreed to connect to the relays that the secret names; it is asked for once, when the secret is entered.</summary>
    public bool AllowsOthers { get; init; }

    public TryStage Stage { get; set; } = TryStage.Searching;

    /// <summary>The relays that had nothing there. Not stored: they are asked again.</summary>
    public HashSet<RelayId> SaidNone { get; } = [];

    /// <summary>Where the offer was deleted after it was answered, and how often the confirmation was then looked for in vain. Not stored.</summary>
    public Dictionary<RelayId, int> GoneAt { get; } = [];

    /// <summary>When to look again whether the offer is still there. Not stored.</summary>
    public DateTimeOffset LookAgain { get; set; }

    /// <summary>The offer, once found.</summary>
    public Offer? Offer { get; set; }

    /// <summary>The answer: made once, and the same bytes at every relay and every retry.</summary>
    public ReadOnlyMemory<byte> Answer { get; set; }

    /// <summary>Where the answer is in the row of slots at each relay of the offer; above the last slot: no room there.</summary>
    public int[] Slots { get; set; } = [];

    /// <summary>Which relays of the offer have the answer.</summary>
    public bool[] IsAt { get; set; } = [];

    /// <summary>True if a slot was taken: somebody answered before.</summary>
    public bool FoundOthers { get; set; }

    public int Size =>
        Secret.Size + SlotFormat.TextsSize(Secret.RelayHints) + 4 + 2 + (Offer?.Bytes.Length ?? 0) + 2 + Answer.Length + 1 + (2 * Slots.Length);

    public void Write(ref WireWriter writer)
    {
        Secret.ExportForVault(writer.Take(Secret.Size));
        SlotFormat.WriteTexts(ref writer, Secret.RelayHints);
        writer.WriteByte((byte)Kind);
        writer.WriteByte((byte)((IsDirect ? 1 : 0) | (AllowsOthers ? 2 : 0)));
        writer.WriteByte((byte)Stage);
        writer.WriteByte(FoundOthers ? (byte)1 : (byte)0);
        writer.WriteBytes16(Offer is null ? default : Offer.Bytes);
        writer.WriteBytes16(Answer.Span);
        writer.WriteByte((byte)Slots.Length);
        for (var i = 0; i < Slots.Length; i++)
        {
            writer.WriteByte((byte)Slots[i]);
            writer.WriteByte(IsAt[i] ? (byte)1 : (byte)0);
        }
    }

    public static SecretTry Read(ref WireReader reader)
    {
        SlotFormat.Require(reader.TryReadFixed(Secret.Size, out var secret));
        var hints = SlotFormat.ReadTexts(ref reader);
        SlotFormat.Require(reader.TryReadByte(out var kind));
        SlotFormat.Require(reader.TryReadByte(out var direct));
        SlotFormat.Require(reader.TryReadByte(out var stage));
        SlotFormat.Require(reader.TryReadByte(out var others));
        SlotFormat.Require(reader.TryReadBytes16(Offer.MaxSize, out var offerBytes));
        Offer? offer = null;
        if (!offerBytes.IsEmpty)
            SlotFormat.Require(Offer.TryRead(offerBytes, out offer) == OfferError.None);
        SlotFormat.Require(reader.TryReadBytes16(GuestAgreement.MaxAnswerSize, out var answer));
        SlotFormat.Require(reader.TryReadByte(out var count));
        var slots = new int[count];
        var isAt = new bool[count];
        for (var i = 0; i < count; i++)
        {
            SlotFormat.Require(reader.TryReadByte(out var slot));
            SlotFormat.Require(reader.TryReadByte(out var at));
            slots[i] = slot;
            isAt[i] = at != 0;
        }
        return new SecretTry(Secret.FromBytes(secret, hints), (OfferKind)kind, (direct & 1) != 0)
        {
            AllowsOthers = (direct & 2) != 0,
            Stage = (TryStage)stage,
            FoundOthers = others != 0,
            Offer = offer,
            Answer = answer.ToArray(),
            Slots = slots,
            IsAt = isAt,
        };
    }

    public void Dispose() => Secret.Dispose();
}
