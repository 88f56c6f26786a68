using System.Buffers;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace Secrets.Stack.Tests.BoxStream;

public class BoxStreamTests
{
    private static readonly byte[] Key = SHA256.HashData("key"u8);
    private static readonly byte[] Nonce = SHA256.HashData("nonce"u8).AsSpan(0, 24).ToArray();

    [Fact]
    public void All_our_vectors_hold()
    {
        foreach (var vector in VectorFile.Load("box-stream.json", 16))
        {
            var input = vector["in"]!;
            var isWhole = (string?)vector["operation"] == "BoxStream";
            var wire = isWhole ? vector["out"]!.Hex("wire") : input.Hex("wire");
            if (isWhole)
                Assert.Equal(wire, Seal(input.Hex("key"), input.Hex("nonce"), input["plaintexts"]!.AsArray().Select(plain => Convert.FromHexString((string)plain!))));
            var (error, plain, isEnded) = Open(input.Hex("key"), input.Hex("nonce"), [wire]);
            Assert.Equal((string?)vector["expect"], error.ToString());
            var expected = isWhole ? string.Concat(input["plaintexts"]!.AsArray().Select(text => (string)text!)) : (string?)vector["out"]?["plain"] ?? "";
            Assert.Equal(expected, VectorFile.Hex(plain));
            Assert.Equal(isWhole, isEnded);
        }
    }

    [Fact]
    public void However_the_bytes_are_cut_the_same_comes_out()
    {
        var sizes = Gen.Choose(0, 9000).ListOf(6);
        var cuts = Gen.Choose(1, 5000).ListOf(20);
        Prop.ForAll(sizes.ToArbitrary(), cuts.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (plainSizes, pieces, seed) =>
        {
            var random = new SeededRandom(seed);
            var plains = plainSizes.Select(random.Bytes).ToArray();
            var wire = Seal(Key, Nonce, plains);
            var (error, plain, isEnded) = Open(Key, Nonce, Cut(wire, [.. pieces]));
            return error == StackError.None && isEnded && plain.AsSpan().SequenceEqual(plains.SelectMany(bytes => bytes).ToArray());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(100)));
    }

    [Fact]
    public void One_byte_at_a_time_is_enough()
    {
        var plain = new SeededRandom(1).Bytes(5000);
        var (error, opened, isEnded) = Open(Key, Nonce, Cut(Seal(Key, Nonce, [plain]), [1]));
        Assert.Equal(StackError.None, error);
        Assert.True(isEnded);
        Assert.Equal(plain, opened);
    }

    [Fact]
    public void A_body_of_65535_bytes_is_accepted_as_from_others()
    {
        // our own sealer never makes one: sealed here by its two steps
        var body = new SeededRandom(2).Bytes(BoxFormat.MaxBody);
        var wire = new byte[BoxFormat.HeaderSize + body.Length];
        var next = BoxNonce.Read(Nonce);
        BoxNonce.Increment(ref next);
        var header = new byte[BoxFormat.HeaderPlainSize];
        header[0] = header[1] = 0xff;
        Secrets.Crypto.XSalsa20Poly1305.Seal(wire.AsSpan(BoxFormat.HeaderSize), header.AsSpan(2), body, next, Key);
        Secrets.Crypto.XSalsa20Poly1305.Seal(wire.AsSpan(16, 18), wire.AsSpan(0, 16), header, Nonce, Key);

        var (error, plain, _) = Open(Key, Nonce, Cut(wire, [7000]));

        Assert.Equal(StackError.None, error);
        Assert.Equal(body, plain);
    }

    [Fact]
    public void Every_changed_bit_is_refused_and_lets_nothing_out_E_26()
    {
        var wire = Seal(Key, Nonce, [new SeededRandom(3).Bytes(20)]);
        for (var bit = 0; bit < 8 * (wire.Length - BoxFormat.HeaderSize); bit++)
        {
            var changed = (byte[])wire.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var (error, plain, _) = Open(Key, Nonce, [changed]);
            Assert.Equal(bit < 8 * BoxFormat.HeaderSize ? StackError.BadBoxHeader : StackError.BadBoxBody, error);
            Assert.Empty(plain);
        }
    }

    [Fact]
    public void Boxes_repeated_swapped_dropped_or_from_the_other_direction_are_refused_E_22()
    {
        var first = Seal(Key, Nonce, ["first"u8.ToArray()]).AsSpan(0, BoxFormat.HeaderSize + 5).ToArray();
        var both = Seal(Key, Nonce, ["first"u8.ToArray(), "other"u8.ToArray()]);
        var second = both.AsSpan(first.Length, first.Length).ToArray();

        Assert.Equal(StackError.None, Open(Key, Nonce, [first, second]).Error);
        Assert.Equal(StackError.BadBoxHeader, Open(Key, Nonce, [first, first]).Error);
        Assert.Equal(StackError.BadBoxHeader, Open(Key, Nonce, [second]).Error);
        Assert.Equal(StackError.BadBoxHeader, Open(SHA256.HashData("key of the other direction"u8), Nonce, [first]).Error);
    }

    [Fact]
    public void Garbage_of_any_length_is_refused_or_waits_for_more_E_70()
    {
        var random = new SeededRandom(70);
        var wire = Seal(Key, Nonce, [random.Bytes(300), random.Bytes(5000)]);
        for (var i = 0; i < Cases.Of(3000); i++)
        {
            var input = i % 2 == 0 ? random.Bytes((int)random.Next(300)) : Mutate(wire, random);
            var (error, _, _) = Open(Key, Nonce, Cut(input, [1 + (int)random.Next(100)]));
            Assert.Contains(error, new[] { StackError.None, StackError.BadBoxHeader, StackError.BadBoxBody });
        }
    }

    private static byte[] Mutate(byte[] wire, SeededRandom random)
    {
        var changed = wire.AsSpan(0, (int)random.Next((uint)wire.Length)).ToArray();
        if (changed.Length > 0)
            changed[random.Next((uint)changed.Length)] ^= (byte)(1 + random.Next(255));
        return changed;
    }

    private static byte[] Seal(byte[] key, byte[] nonce, IEnumerable<byte[]> plains)
    {
        using var sealer = new BoxSealer(key, nonce);
        var wire = new List<byte>();
        foreach (var plain in plains)
        {
            var output = new byte[BoxFormat.SealedLength(plain.Length)];
            Assert.Equal(output.Length, sealer.Seal(plain, output));
            wire.AddRange(output);
        }

        var goodbye = new byte[BoxFormat.HeaderSize];
        sealer.SealGoodbye(goodbye);
        return [.. wire, .. goodbye];
    }

    private static List<byte[]> Cut(byte[] wire, List<int> sizes)
    {
        var pieces = new List<byte[]>();
        for (var (start, i) = (0, 0); start < wire.Length; i++)
        {
            var size = Math.Min(sizes.Count == 0 ? wire.Length : sizes[i % sizes.Count], wire.Length - start);
            pieces.Add(wire.AsSpan(start, size).ToArray());
            start += size;
        }

        return pieces;
    }

    private static (StackError Error, byte[] Plain, bool IsEnded) Open(byte[] key, byte[] nonce, IEnumerable<byte[]> pieces)
    {
        using var reader = new BoxReader(new BoxOpener(key, nonce));
        var waiting = new List<byte>();
        var plain = new List<byte>();
        foreach (var piece in pieces)
        {
            waiting.AddRange(piece);
            // two segments, so that boxes lie across their border
            var input = Segments.Of(waiting.ToArray(), waiting.Count / 2);
            while (true)
            {
                var error = reader.Read(ref input, out var opened);
                if (error != StackError.None)
                    return (error, [.. plain], false);
                if (opened.IsEmpty)
                    break;
                plain.AddRange(opened);
            }

            waiting = [.. input.ToArray()];
        }

        return (StackError.None, [.. plain], reader.IsEnded);
    }
}
