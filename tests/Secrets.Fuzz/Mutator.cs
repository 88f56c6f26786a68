using System.Buffers.Binary;

namespace Secrets.Fuzz;

/// <summary>Makes inputs from seeds: flips, cuts, repeats, lengths at their limits, parts of other seeds, plain noise.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> seeds)
{
    private static readonly uint[] Edges =
        [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x00ffffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

    private readonly Random _random = new(seed);

    private readonly List<byte[]> _accepted = [];

    /// <summary>Remembers an input that was accepted: its neighbours are the interesting ones.</summary>
    public void Keep(byte[] input)
    {
        if (_accepted.Count < 64)
            _accepted.Add(input);
        else
            _accepted[_random.Next(_accepted.Count)] = input;
    }

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        if (_random.Next(8) == 0 || (seeds.Count == 0 && _accepted.Count == 0))
            return Noise(_random.Next(_random.Next(16) == 0 ? 8192 : 300));
        var input = Pick();
        for (var count = 1 + _random.Next(_random.Next(4) == 0 ? 12 : 2); count > 0; count--)
            input = Change(input);
        return input;
    }

    private byte[] Pick() =>
        _accepted.Count > 0 && (seeds.Count == 0 || _random.Next(2) == 0) ? _accepted[_random.Next(_accepted.Count)] : seeds[_random.Next(seeds.Count)];

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        _random.NextBytes(noise);
        return noise;
    }

    private byte[] Change(byte[] source)
    {
        if (source.Length == 0)
            return Noise(1 + _random.Next(8));
        var at = _random.Next(source.Length);
        switch (_random.Next(10))
        {
            case 0:
                return source[..at];
            case 1:
                return source[at..];
            case 2:
                return [.. source, .. Noise(1 + _random.Next(40))];
            case 3:
                return [.. source[..at], .. Noise(1 + _random.Next(8)), .. source[at..]];
            case 4:
                return [.. source[..at], .. source[Math.Min(source.Length, at + 1 + _random.Next(8))..]];
            case 5 when seeds.Count > 0:
                var other = seeds[_random.Next(seeds.Count)];
                return other.Length > 70_000 - at ? source[..at] : [.. source[..at], .. other];
            case 6:
                return Edge(source, at);
            case 7:
                var copy = source.ToArray();
                copy.AsSpan(at, Math.Min(_random.Next(1, 40), source.Length - at)).Fill((byte)(_random.Next(2) * 255));
                return copy;
            default:
                var flipped = source.ToArray();
                flipped[at] ^= (byte)(1 << _random.Next(8));
                return flipped;
        }
    }

    private byte[] Edge(byte[] source, int at)
    {
        var copy = source.ToArray();
        var edge = Edges[_random.Next(Edges.Length)];
        var rest = copy.AsSpan(at);
        if (rest.Length >= sizeof(uint) && _random.Next(2) == 0)
            BinaryPrimitives.WriteUInt32BigEndian(rest, edge);
        else if (rest.Length >= sizeof(ushort))
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)(edge & 0xffff));
        else
            rest[0] = (byte)(edge & 0xff);
        return copy;
    }
}
