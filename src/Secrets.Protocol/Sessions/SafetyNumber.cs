using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The number that two people compare: 60 digits in 12 groups of five, made from both participant ids; it stays when devices change.</summary>
/// <remarks>
/// h = BLAKE2b-512(LP("secrets/1/safety") ‖ LP(suite) ‖ LP(lower id) ‖ LP(higher id)), then 5,200 times h = BLAKE2b-512(h ‖ lower id ‖ higher id);
/// group i = (5 bytes of h from 5·i, big-endian) mod 100,000. Decision 7. Spec: docs/protocol/sessions.md §4.10.
/// </remarks>
public static class SafetyNumber
{
    /// <summary>Digits without the spaces.</summary>
    public const int DigitCount = GroupCount * GroupLength;

    private const int Iterations = 5200;
    private const int GroupCount = 12;
    private const int GroupLength = 5;
    private const ulong GroupModulus = 100_000;

    /// <summary>Both sides get the same text, whichever id comes first: "12345 67890 …".</summary>
    public static string Compute(Hash256 participantA, Hash256 participantB, ushort suite)
    {
        var (lower, higher) = participantA.CompareTo(participantB) <= 0 ? (participantA, participantB) : (participantB, participantA);
        Span<byte> hash = stackalloc byte[Blake2b.MaxSize];
        Start(hash, lower, higher, suite);
        Span<byte> input = stackalloc byte[Blake2b.MaxSize + (2 * Hash256.Size)];
        lower.Bytes.CopyTo(input[Blake2b.MaxSize..]);
        higher.Bytes.CopyTo(input[(Blake2b.MaxSize + Hash256.Size)..]);
        for (var i = 0; i < Iterations; i++)
        {
            hash.CopyTo(input);
            Blake2b.Hash(hash, input);
        }
        return Format(hash);
    }

    private static void Start(Span<byte> hash, Hash256 lower, Hash256 higher, ushort suite)
    {
        Span<byte> input = stackalloc byte[128];
        var writer = new Secrets.Transport.Encoding.WireWriter(input);
        writer.WriteBytes32(Labels.Safety);
        writer.WriteUInt32(sizeof(ushort));
        writer.WriteUInt16(suite);
        writer.WriteBytes32(lower.Bytes);
        writer.WriteBytes32(higher.Bytes);
        Blake2b.Hash(hash, input[..writer.Length]);
    }

    private static string Format(ReadOnlySpan<byte> hash)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        number.Clear();
        var groups = new string[GroupCount];
        for (var i = 0; i < GroupCount; i++)
        {
            hash.Slice(i * GroupLength, GroupLength).CopyTo(number[3..]);
            groups[i] = (BinaryPrimitives.ReadUInt64BigEndian(number) % GroupModulus).ToString("D5", System.Globalization.CultureInfo.InvariantCulture);
        }
        return string.Join(' ', groups);
    }
}
