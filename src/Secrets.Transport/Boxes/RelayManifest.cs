using System.Diagnostics;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Transport.Boxes;

/// <summary>What a relay says of itself, signed by the key it was born with: its present keys and its policy.</summary>
/// <remarks>
/// version 1 ‖ relay id 32 ‖ secret-handshake key 32 ‖ number u64 ‖ issued u64 (seconds) ‖ limit u16 (days) ‖ bell interval u16 (ms) ‖ flags u16 ‖
/// key count 1 ‖ keys ‖ signature 64 over H("secrets/1/manifest", all before it). Spec: docs/protocol/boxes.md §3.8.
/// </remarks>
public sealed class RelayManifest
{
    /// <summary>Longest manifest in bytes.</summary>
    public const int MaxSize = 16_384;

    /// <summary>Most further keys.</summary>
    public const int MaxKeys = 32;

    private const byte Version = 1;
    private const ushort FlagClosed = 1;
    private const int FixedSize = 1 + RelayId.Size + Ed25519PublicKey.Size + 8 + 8 + 2 + 2 + 2 + 1;
    private const int KeyHeadSize = 1 + 1 + 2 + 2;

    private readonly byte[] _encoded;

    private RelayManifest(in RelayId relay, in Ed25519PublicKey handshakeKey, in RelayManifestTerms terms, IReadOnlyList<RelayManifestKey> keys, byte[] encoded)
    {
        Relay = relay;
        HandshakeKey = handshakeKey;
        Terms = terms;
        Keys = keys;
        _encoded = encoded;
        Hash = HashOf(encoded.AsSpan(0, encoded.Length - Ed25519Signature.Size));
    }

    /// <summary>The relay.</summary>
    public RelayId Relay { get; }

    /// <summary>The key it speaks secret-handshake with now; it also signs the bells.</summary>
    public Ed25519PublicKey HandshakeKey { get; }

    /// <summary>Number, time and policy.</summary>
    public RelayManifestTerms Terms { get; }

    /// <summary>Further keys.</summary>
    public IReadOnlyList<RelayManifestKey> Keys { get; }

    /// <summary>Hash of the manifest: what clients compare, so that no relay has a key per person.</summary>
    public Hash256 Hash { get; }

    /// <summary>The encoded manifest.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>Writes and signs a manifest with the key the relay was born with.</summary>
    public static RelayManifest Create(Ed25519PrivateKey birthKey, in Ed25519PublicKey handshakeKey, in RelayManifestTerms terms, IReadOnlyList<RelayManifestKey> keys)
    {
        ArgumentNullException.ThrowIfNull(birthKey);
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count > MaxKeys)
            throw new ArgumentException("A manifest has at most 32 keys.", nameof(keys));
        ArgumentOutOfRangeException.ThrowIfZero(terms.LimitDays);
        ArgumentOutOfRangeException.ThrowIfZero(terms.BellIntervalMilliseconds);
        var size = FixedSize + Ed25519Signature.Size;
        foreach (var key in keys)
            size += KeyHeadSize + key.Key.Length;
        if (size > MaxSize)
            throw new ArgumentException("The keys are too long together.", nameof(keys));

        var encoded = new byte[size];
        var writer = new WireWriter(encoded);
        writer.WriteByte(Version);
        writer.WriteFixed(birthKey.PublicKey.Bytes);
        writer.WriteFixed(handshakeKey.Bytes);
        writer.WriteUInt64(terms.Number);
        writer.WriteUInt64((ulong)terms.IssuedAt.ToUnixTimeSeconds());
        writer.WriteUInt16((ushort)terms.LimitDays);
        writer.WriteUInt16((ushort)terms.BellIntervalMilliseconds);
        writer.WriteUInt16(terms.IsClosed ? FlagClosed : (ushort)0);
        writer.WriteByte((byte)keys.Count);
        foreach (var key in keys)
        {
            writer.WriteByte(key.Purpose);
            writer.WriteByte(key.BoxClass);
            writer.WriteUInt16(key.Week);
            writer.WriteBytes16(key.Key);
        }
        writer.WriteFixed(birthKey.Sign(HashOf(encoded.AsSpan(0, writer.Length)).Bytes).Bytes);
        return TryRead(encoded, out var manifest) == ManifestError.None ? manifest! : throw new UnreachableException("A manifest of our own is well formed.");
    }

    /// <summary>Reads a manifest and verifies that the relay it names signed it.</summary>
    public static ManifestError TryRead(ReadOnlySpan<byte> source, out RelayManifest? manifest)
    {
        manifest = null;
        if (source.Length is < FixedSize + Ed25519Signature.Size or > MaxSize)
            return ManifestError.WrongSize;
        var reader = new WireReader(source[..^Ed25519Signature.Size]);
        _ = reader.TryReadByte(out var version);
        _ = reader.TryReadFixed(RelayId.Size, out var relayBytes);
        _ = reader.TryReadFixed(Ed25519PublicKey.Size, out var keyBytes);
        if (version != Version)
            return ManifestError.VersionUnknown;
        if (!RelayId.TryRead(relayBytes, out var relay) || !relay.TryGetKey(out var birthKey) || !Ed25519PublicKey.TryRead(keyBytes, out var handshakeKey))
            return ManifestError.FieldInvalid;
        var error = TryReadTerms(ref reader, out var terms);
        if (error != ManifestError.None)
            return error;
        error = TryReadKeys(ref reader, out var keys);
        if (error != ManifestError.None)
            return error;
        _ = Ed25519Signature.TryRead(source[^Ed25519Signature.Size..], out var signature);
        if (!birthKey.Verify(HashOf(source[..^Ed25519Signature.Size]).Bytes, signature))
            return ManifestError.SignatureInvalid;
        manifest = new RelayManifest(relay, handshakeKey, terms, keys, source.ToArray());
        return ManifestError.None;
    }

    /// <summary>The same, for a relay that is known by its id.</summary>
    public static ManifestError TryRead(ReadOnlySpan<byte> source, in RelayId expected, out RelayManifest? manifest)
    {
        var error = TryRead(source, out manifest);
        if (error != ManifestError.None || manifest!.Relay == expected)
            return error;
        manifest = null;
        return ManifestError.OtherRelay;
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(RelayManifest);

    private static ManifestError TryReadTerms(ref WireReader reader, out RelayManifestTerms terms)
    {
        // above any date that has a text form
        const ulong LastSecond = 253_402_300_799;
        terms = default;
        if (!reader.TryReadUInt64(out var number) || !reader.TryReadUInt64(out var issued) || !reader.TryReadUInt16(out var limit)
            || !reader.TryReadUInt16(out var interval) || !reader.TryReadUInt16(out var flags))
            return ManifestError.WrongSize;
        if (issued > LastSecond || limit == 0 || interval == 0 || (flags & ~FlagClosed) != 0)
            return ManifestError.FieldInvalid;
        terms = new RelayManifestTerms
        {
            Number = number,
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds((long)issued),
            LimitDays = limit,
            BellIntervalMilliseconds = interval,
            IsClosed = flags == FlagClosed,
        };
        return ManifestError.None;
    }

    private static ManifestError TryReadKeys(ref WireReader reader, out IReadOnlyList<RelayManifestKey> keys)
    {
        var list = new List<RelayManifestKey>();
        keys = list;
        if (!reader.TryReadByte(out var count))
            return ManifestError.WrongSize;
        if (count > MaxKeys)
            return ManifestError.FieldInvalid;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadByte(out var purpose) || !reader.TryReadByte(out var boxClass) || !reader.TryReadUInt16(out var week)
                || !reader.TryReadBytes16(RelayManifestKey.MaxKeySize, out var key))
                return ManifestError.WrongSize;
            if (key.IsEmpty)
                return ManifestError.FieldInvalid;
            list.Add(new RelayManifestKey(purpose, boxClass, week, key));
        }
        return reader.IsAtEnd ? ManifestError.None : ManifestError.WrongSize;
    }

    private static Hash256 HashOf(ReadOnlySpan<byte> unsigned) => LabelledHash.Start(Labels.Manifest).Add(unsigned).Finish();
}
