using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>What the owner of a secret puts at the meeting place: keys, first link, name, relays; at most 1,935 bytes.</summary>
/// <remarks>Immutable; its hash is the secret. Decision 2, table B.2. Spec: docs/protocol/sessions.md §3.3.</remarks>
public sealed class Offer
{
    /// <summary>Longest first link in bytes.</summary>
    public const int MaxFirstLinkSize = 220;

    /// <summary>Longest offer in bytes.</summary>
    public const int MaxSize = FixedSize + 1 + MaxFirstLinkSize + 1 + PersonName.MaxSize + 1 + (RelayAddresses.MaxCount * (1 + RelayAddresses.MaxSize));

    private const int RandomSize = 32;
    private const int FixedSize = 2 + RandomSize + 1 + 1 + 4 + X25519PublicKey.Size + X25519PublicKey.Size + MlKemEncapsulationKey.Size; // suite, random, kind, flags, not after, ik, pk, ek
    private const long SecondsPerHour = 3600;

    // the last hour with which time can still be reckoned: the field has room for far more
    private const uint LastHour = 70_000_000;

    private readonly byte[] _bytes;
    private readonly byte[] _firstLink;

    private Offer(ReadOnlySpan<byte> bytes, OfferKind kind, uint notAfterHours, in X25519PublicKey identityKey, in X25519PublicKey preKey, MlKemEncapsulationKey encapsulationKey, ReadOnlySpan<byte> firstLink, string name, IReadOnlyList<string> relays)
    {
        _bytes = bytes.ToArray();
        Kind = kind;
        NotAfterHours = notAfterHours;
        IdentityKey = identityKey;
        PreKey = preKey;
        EncapsulationKey = encapsulationKey;
        _firstLink = firstLink.ToArray();
        Name = name;
        Relays = relays;
    }

    /// <summary>The offer as it is written into its box.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>How its secret travels.</summary>
    public OfferKind Kind { get; }

    /// <summary>The hour after which it is void, hours since 1970.</summary>
    public uint NotAfterHours { get; }

    /// <summary>The time after which it is void; of hours beyond the year 9955 that year, which is too late anyway.</summary>
    public DateTimeOffset NotAfter => DateTimeOffset.FromUnixTimeSeconds(Math.Min(NotAfterHours, LastHour) * SecondsPerHour);

    /// <summary>o.ik: the device's X25519 key for this chat. The caller checks that the first link (or the device's own link) names it.</summary>
    public X25519PublicKey IdentityKey { get; }

    /// <summary>o.pk: X25519, for this offer alone.</summary>
    public X25519PublicKey PreKey { get; }

    /// <summary>o.ek: ML-KEM-768, for this offer alone.</summary>
    public MlKemEncapsulationKey EncapsulationKey { get; }

    /// <summary>The first link of the owner's participant chain; opaque here.</summary>
    public ReadOnlySpan<byte> FirstLink => _firstLink;

    /// <summary>What the owner is called.</summary>
    public string Name { get; }

    /// <summary>Where the answer is to be written, in this order, and nowhere else.</summary>
    public IReadOnlyList<string> Relays { get; }

    /// <summary>The longest life of an offer of a kind: 14 days, a standing one 60 (renewed every 30, kept two periods).</summary>
    public static TimeSpan MaxLife(OfferKind kind) => TimeSpan.FromDays(kind == OfferKind.Standing ? 60 : 14);

    /// <summary>How far the clocks of two people may differ.</summary>
    public static TimeSpan ClockSkew => TimeSpan.FromHours(1);

    /// <summary>Makes an offer; <paramref name="keys"/> holds the private half that answers are opened with.</summary>
    /// <exception cref="ArgumentException">A field is too long or not valid.</exception>
    public static Offer Create(OfferKind kind, DateTimeOffset notAfter, in X25519PublicKey identityKey, OfferKeys keys, ReadOnlySpan<byte> firstLink, string name, IReadOnlyList<string> relays, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(random);
        PersonName.Check(name);
        RelayAddresses.Check(relays);
        if (firstLink.Length is 0 or > MaxFirstLinkSize)
            throw new ArgumentException("A first link has 1 to 220 bytes.", nameof(firstLink));
        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(kind));

        var bytes = new byte[FixedSize + 1 + firstLink.Length + PersonName.Size(name) + RelayAddresses.Size(relays)];
        var writer = new WireWriter(bytes);
        writer.WriteUInt16(SessionSuite.Current);
        random.Fill(writer.Take(RandomSize));
        writer.WriteByte((byte)kind);
        writer.WriteByte(0);
        writer.WriteUInt32(checked((uint)(notAfter.ToUnixTimeSeconds() / SecondsPerHour)));
        writer.WriteFixed(identityKey.Bytes);
        writer.WriteFixed(keys.PreKey.PublicKey.Bytes);
        writer.WriteFixed(keys.DecapsulationKey.EncapsulationKey.Bytes);
        writer.WriteBytes8(firstLink);
        PersonName.Write(ref writer, name);
        RelayAddresses.Write(ref writer, relays);
        return TryRead(bytes, out var offer) == OfferError.None && offer is not null
            ? offer
            : throw new ArgumentException("The keys of an offer are not zero.", nameof(identityKey));
    }

    /// <summary>Reads an offer; anything but the one canonical form is refused. It says nothing about whose it is: see <see cref="TryAccept"/>.</summary>
    public static OfferError TryRead(ReadOnlySpan<byte> source, out Offer? offer)
    {
        offer = null;
        var reader = new WireReader(source);
        if (!reader.TryReadUInt16(out var suite))
            return OfferError.Malformed;
        if (suite != SessionSuite.Current)
            return OfferError.OtherSuite;
        if (!reader.TryReadFixed(RandomSize, out _) || !reader.TryReadByte(out var kind) || !Enum.IsDefined((OfferKind)kind)
            || !reader.TryReadByte(out var flags) || flags != 0 || !reader.TryReadUInt32(out var notAfter)
            || !reader.TryReadFixed(X25519PublicKey.Size, out var ik) || !reader.TryReadFixed(X25519PublicKey.Size, out var pk)
            || !reader.TryReadFixed(MlKemEncapsulationKey.Size, out var ek)
            || !reader.TryReadBytes8(MaxFirstLinkSize, out var firstLink) || firstLink.IsEmpty
            || !PersonName.TryRead(ref reader, out var name) || !RelayAddresses.TryRead(ref reader, out var relays) || !reader.IsAtEnd)
            return OfferError.Malformed;
        if (!X25519PublicKey.TryRead(ik, out var identityKey) || !X25519PublicKey.TryRead(pk, out var preKey)
            || !MlKemEncapsulationKey.TryRead(ek, out var encapsulationKey) || encapsulationKey is null)
            return OfferError.BadKey;
        offer = new Offer(source, (OfferKind)kind, notAfter, identityKey, preKey, encapsulationKey, firstLink, name, relays);
        return OfferError.None;
    }

    /// <summary>Takes the offer of a secret: it must hash to S, be of this time, and not be longer-lived than its kind may be.</summary>
    public static OfferError TryAccept(Secret secret, ReadOnlySpan<byte> source, DateTimeOffset now, out Offer? offer)
    {
        ArgumentNullException.ThrowIfNull(secret);
        offer = null;
        // the commitment comes first: nothing of an offer that somebody put in its place is looked at
        var hash = LabelledHash.Start(Labels.Offer).Add(source).Finish();
        if (!CryptographicOperations.FixedTimeEquals(hash.Bytes, secret.Bytes))
            return OfferError.NotCommitted;
        var error = TryRead(source, out var read);
        if (error != OfferError.None || read is null)
            return error;
        error = read.CheckTime(now);
        if (error == OfferError.None)
            offer = read;
        return error;
    }

    /// <summary>Whether the offer is good at this time: both sides ask.</summary>
    public OfferError CheckTime(DateTimeOffset now)
    {
        if (now > NotAfter + ClockSkew)
            return OfferError.Expired;
        return NotAfter > now + MaxLife(Kind) + ClockSkew ? OfferError.TooLong : OfferError.None;
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Offer);
}
