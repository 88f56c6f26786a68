using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>An offer that this device made: the one behind a chat's secret, or a standing one.</summary>
internal sealed class OwnOffer : IDisposable
{
    private readonly HashSet<Hash256> _knownAnswers = [];

    public OwnOffer(Offer offer, OfferKeys? keys, DateTimeOffset created)
    {
        Offer = offer;
        Keys = keys;
        Created = created;
        Secret = Secret.Of(offer, offer.Kind == OfferKind.Link ? offer.Relays : []);
    }

    public Offer Offer { get; }

    public Secret Secret { get; }

    /// <summary>Null once an answer was taken: the private halves are erased with it.</summary>
    public OfferKeys? Keys { get; private set; }

    public DateTimeOffset Created { get; }

    /// <summary>The relays that have confirmed the offer's box; standing offers travel in a session and need none.</summary>
    public HashSet<RelayId> At { get; } = [];

    public bool IsUsed => Keys is null;

    /// <summary>What was found in the places for answers; empty for what is no answer. Not stored: it is read again.</summary>
    public Dictionary<(RelayId Relay, int Slot), ReadOnlyMemory<byte>> Seen { get; } = [];

    /// <summary>The places that were read since the first answer showed up; null before.</summary>
    public HashSet<(RelayId Relay, int Slot)>? Round { get; set; }

    /// <summary>Keeps th1 of an answer that was taken; false if it is known: the same one twice is one answer.</summary>
    public bool NoteAnswer(Hash256 firstTranscript) => _knownAnswers.Add(firstTranscript);

    /// <summary>Erases the private halves.</summary>
    public void Use()
    {
        Keys?.Dispose();
        Keys = null;
    }

    public void Dispose()
    {
        Keys?.Dispose();
        Secret.Dispose();
    }

    public int Size => 2 + Offer.Bytes.Length + 1 + (Keys is null ? 0 : OfferKeys.Size) + 8 + 1 + (At.Count * RelayId.Size) + 2 + (_knownAnswers.Count * Hash256.Size);

    public void Write(ref WireWriter writer)
    {
        writer.WriteBytes16(Offer.Bytes);
        writer.WriteByte(Keys is null ? (byte)0 : (byte)1);
        Keys?.Export(writer.Take(OfferKeys.Size));
        writer.WriteUInt64((ulong)Created.ToUnixTimeMilliseconds());
        writer.WriteByte((byte)At.Count);
        foreach (var relay in At)
            writer.WriteFixed(relay.Bytes);
        writer.WriteUInt16((ushort)_knownAnswers.Count);
        foreach (var answer in _knownAnswers)
            writer.WriteFixed(answer.Bytes);
    }

    public static OwnOffer Read(ref WireReader reader)
    {
        SlotFormat.Require(reader.TryReadBytes16(Offer.MaxSize, out var offerBytes));
        SlotFormat.Require(Offer.TryRead(offerBytes, out var offer) == OfferError.None);
        SlotFormat.Require(offer is not null);
        SlotFormat.Require(reader.TryReadByte(out var hasKeys));
        OfferKeys? keys = null;
        if (hasKeys != 0)
        {
            SlotFormat.Require(reader.TryReadFixed(OfferKeys.Size, out var keyBytes));
            keys = OfferKeys.Import(keyBytes);
        }
        SlotFormat.Require(reader.TryReadUInt64(out var created));
        SlotFormat.Require(reader.TryReadByte(out var relays));
        var read = new OwnOffer(offer, keys, DateTimeOffset.FromUnixTimeMilliseconds((long)created));
        for (var i = 0; i < relays; i++)
        {
            SlotFormat.Require(reader.TryReadFixed(RelayId.Size, out var bytes));
            SlotFormat.Require(RelayId.TryRead(bytes, out var relay));
            _ = read.At.Add(relay);
        }
        SlotFormat.Require(reader.TryReadUInt16(out var count));
        for (var i = 0; i < count; i++)
        {
            SlotFormat.Require(reader.TryReadFixed(Hash256.Size, out var bytes));
            _ = Hash256.TryRead(bytes, out var hash);
            _ = read._knownAnswers.Add(hash);
        }
        return read;
    }
}
