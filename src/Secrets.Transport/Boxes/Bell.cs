using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Transport.Boxes;

/// <summary>A relay's list of the addresses written since its bell before: their 4-byte prefixes among random ones, the same for everyone.</summary>
/// <remarks>
/// version 1 ‖ log2 of the count 1 ‖ zero 2 ‖ number u64 ‖ hash of the bell before 32 ‖ count · u32 prefix, strictly ascending ‖ signature 64.
/// Hash = H("secrets/1/bell", relay id, all before the signature); the signature is over "secrets/1/bell-signature" ‖ hash.
/// Spec: docs/protocol/boxes.md §3.7.
/// </remarks>
public sealed class Bell
{
    /// <summary>Least number of prefixes.</summary>
    public const int MinCount = 1 << MinExponent;

    /// <summary>Most prefixes; a relay that has more rings again at once.</summary>
    public const int MaxCount = 1 << MaxExponent;

    /// <summary>Longest encoded bell in bytes.</summary>
    public const int MaxSize = HeadSize + MaxCount * PrefixSize + Ed25519Signature.Size;

    internal const int MinExponent = 4;
    internal const int MaxExponent = 15;
    internal const byte Version = 1;
    internal const int HeadSize = 1 + 1 + 2 + sizeof(ulong) + Hash256.Size; // version, log2, zero, number, previous
    internal const int PrefixSize = sizeof(uint);

    private readonly byte[] _encoded;
    private readonly uint[] _prefixes;

    private Bell(byte[] encoded, ulong number, in Hash256 previous, uint[] prefixes, in Ed25519Signature signature, in Hash256 hash)
    {
        _encoded = encoded;
        _prefixes = prefixes;
        Number = number;
        Previous = previous;
        Signature = signature;
        Hash = hash;
    }

    /// <summary>One more than the bell before.</summary>
    public ulong Number { get; }

    /// <summary>Hash of the bell before.</summary>
    public Hash256 Previous { get; }

    /// <summary>Hash of this bell; what participants compare.</summary>
    public Hash256 Hash { get; }

    /// <summary>By the relay's present secret-handshake key.</summary>
    public Ed25519Signature Signature { get; }

    /// <summary>The encoded bell.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>The prefixes, ascending: true ones and random ones.</summary>
    public ReadOnlySpan<uint> Prefixes => _prefixes;

    /// <summary>Reads one bell of a relay. Form only: <see cref="Verify"/> and <see cref="BellChain"/> come after.</summary>
    public static BellError TryRead(ReadOnlySpan<byte> source, in RelayId relay, out Bell? bell)
    {
        bell = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version) || !reader.TryReadByte(out var exponent) || !reader.TryReadUInt16(out var zero)
            || !reader.TryReadUInt64(out var number) || !reader.TryReadFixed(Hash256.Size, out var previousBytes))
            return BellError.WrongSize;
        if (version != Version || zero != 0 || exponent is < MinExponent or > MaxExponent)
            return BellError.FormatUnknown;
        if (!reader.TryReadFixed((1 << exponent) * PrefixSize, out var prefixBytes)
            || !reader.TryReadFixed(Ed25519Signature.Size, out var signatureBytes) || !reader.IsAtEnd)
            return BellError.WrongSize;

        var prefixes = new uint[1 << exponent];
        for (var i = 0; i < prefixes.Length; i++)
        {
            prefixes[i] = BinaryPrimitives.ReadUInt32BigEndian(prefixBytes[(i * PrefixSize)..]);
            if (i > 0 && prefixes[i] <= prefixes[i - 1])
                return BellError.NotAscending;
        }
        _ = Hash256.TryRead(previousBytes, out var previous);
        _ = Ed25519Signature.TryRead(signatureBytes, out var signature);
        bell = new Bell(source.ToArray(), number, previous, prefixes, signature, HashOf(relay, source[..^Ed25519Signature.Size]));
        return BellError.None;
    }

    /// <summary>True if the relay's key signed it.</summary>
    public bool Verify(in Ed25519PublicKey relayKey)
    {
        Span<byte> message = stackalloc byte[SignedSize];
        WriteSigned(message, Hash);
        return relayKey.Verify(message, Signature);
    }

    /// <summary>True if a box at this address may have been written; a random prefix says so once in 2^32 for each that is listed.</summary>
    public bool MayHave(in BoxAddress address) => _prefixes.AsSpan().BinarySearch(address.Prefix) >= 0;

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Bell);

    internal static int SignedSize => Labels.BellSignature.Length + Hash256.Size;

    internal static Hash256 HashOf(in RelayId relay, ReadOnlySpan<byte> unsigned) =>
        LabelledHash.Start(Labels.Bell).Add(relay.Bytes).Add(unsigned).Finish();

    internal static void WriteSigned(Span<byte> message, in Hash256 hash)
    {
        Labels.BellSignature.CopyTo(message);
        hash.Bytes.CopyTo(message[Labels.BellSignature.Length..]);
    }
}
