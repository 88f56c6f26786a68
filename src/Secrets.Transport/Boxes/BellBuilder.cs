using System.Diagnostics;
using System.Numerics;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Transport.Boxes;

/// <summary>A relay's side of the bell: collects the addresses written, and rings.</summary>
/// <remarks>
/// Not for several threads at once. A relay that starts again takes a number above any it used, such as the seconds since 1970, and any
/// hash before: followers see a gap and ask once for everything. Spec: docs/protocol/boxes.md §4.10.
/// </remarks>
public sealed class BellBuilder
{
    private readonly RelayId _relay;
    private readonly RandomSource _random;
    private readonly HashSet<uint> _prefixes = [];
    private Hash256 _previous;

    /// <summary>Begins a chain with this number and this hash before.</summary>
    public BellBuilder(in RelayId relay, ulong nextNumber, in Hash256 previous, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _relay = relay;
        _random = random;
        _previous = previous;
        NextNumber = nextNumber;
    }

    /// <summary>The number of the next bell.</summary>
    public ulong NextNumber { get; private set; }

    /// <summary>Prefixes collected since the last ring.</summary>
    public int Count => _prefixes.Count;

    /// <summary>Adds the address of a stored box; false if the bell is full: ring first.</summary>
    public bool TryAdd(in BoxAddress address)
    {
        if (_prefixes.Count == Bell.MaxCount)
            return _prefixes.Contains(address.Prefix);
        _ = _prefixes.Add(address.Prefix);
        return true;
    }

    /// <summary>Fills up with random prefixes to a power of two, at least 16, sorts, chains, signs, and begins anew.</summary>
    public Bell Ring(Ed25519PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var count = Math.Max(Bell.MinCount, (int)BitOperations.RoundUpToPowerOf2((uint)_prefixes.Count));
        AddRandom(count);
        var sorted = _prefixes.ToArray();
        Array.Sort(sorted);

        var encoded = new byte[Bell.HeadSize + count * Bell.PrefixSize + Ed25519Signature.Size];
        var writer = new WireWriter(encoded);
        writer.WriteByte(Bell.Version);
        writer.WriteByte((byte)BitOperations.Log2((uint)count));
        writer.WriteUInt16(0);
        writer.WriteUInt64(NextNumber);
        writer.WriteFixed(_previous.Bytes);
        foreach (var prefix in sorted)
            writer.WriteUInt32(prefix);
        var hash = Bell.HashOf(_relay, encoded.AsSpan(0, writer.Length));
        Span<byte> message = stackalloc byte[Bell.SignedSize];
        Bell.WriteSigned(message, hash);
        writer.WriteFixed(key.Sign(message).Bytes);

        _prefixes.Clear();
        _previous = hash;
        NextNumber++;
        return Bell.TryRead(encoded, _relay, out var bell) == BellError.None ? bell! : throw new UnreachableException("A bell of our own is well formed.");
    }

    /// <summary>The name of the type.</summary>
    public override string ToString() => nameof(BellBuilder);

    // drawn all at once: a full bell wants thousands
    private void AddRandom(int count)
    {
        var drawn = new byte[(count - _prefixes.Count) * sizeof(uint)];
        while (_prefixes.Count < count)
        {
            var some = drawn.AsSpan(0, (count - _prefixes.Count) * sizeof(uint));
            _random.Fill(some);
            for (; !some.IsEmpty; some = some[sizeof(uint)..])
                _ = _prefixes.Add(BitConverter.ToUInt32(some));
        }
    }
}
