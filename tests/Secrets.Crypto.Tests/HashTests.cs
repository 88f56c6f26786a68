using System.Text;

namespace Secrets.Crypto.Tests;

public sealed class HashTests
{
    [Fact]
    public void BLAKE2b_gives_the_published_hashes_also_in_two_pieces()
    {
        var count = 0;
        foreach (var test in Published.Read("blake2/blake2-kat.json").EnumerateArray().Where(t => t.Text("hash") == "blake2b"))
        {
            var (message, key, expected) = (test.Hex("in"), test.Hex("key"), test.Hex("out"));
            var hash = new byte[expected.Length];
            Blake2b.Hash(hash, message, key);
            Assert.Equal(expected, hash);
            var at = count % (message.Length + 1);
            Blake2b.Hash(hash, message.AsSpan(0, at), message.AsSpan(at), key);
            Assert.Equal(expected, hash);
            count++;
        }
        Assert.Equal(512, count);
    }

    [Theory]
    [InlineData("c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a", 0)]
    [InlineData("0239e429f98d0ed61ee8e2a7c30afe98c1c3a80ce5dff62a107e9c538f7632ce", 111)]
    [InlineData("9216b5303edb66504570bee90e48ea5beaa5e9fe9f760bbd3e0460559fc005f6", 112)]
    [InlineData("2fe3b2a6ee7e12f6fe4ba82166541ad9b4ed882c493581cbe300d68f3757b778", 127)]
    [InlineData("b88f97e274f9c1d49f181c8cbd01a9c74930ad055a46ac4499a1d601f1c80bf2", 128)]
    [InlineData("fb9035c9009ed4a60e37510339ebdb1c771339f30aa581d5dea3690a524c23f1", 129)]
    [InlineData("40eb4a70d4d69815407a9e272f0101cd67e3d11262a4a0bfc087712749c7fb53", 1000)]
    public void SHA_512_256_gives_the_known_hashes_around_its_block(string expected, int length)
    {
        var hash = new byte[32];
        Sha512Slash256.Hash(hash, Encoding.ASCII.GetBytes(new string('a', length)));
        Assert.Equal(expected, Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void SHA_512_256_gives_the_hash_of_its_standard()
    {
        // FIPS 180-4, example of SHA-512/256
        var hash = new byte[32];
        Sha512Slash256.Hash(hash, "abc"u8);
        Assert.Equal("53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23", Convert.ToHexStringLower(hash));
    }

    [Theory]
    [InlineData(0, "a7ffc6f8bf1ed766", "a69f73cca23a9ac5", "68b208e21f7c10d0", "62b8d654db53d09b")]
    [InlineData(1, "80084bf2fba02475", "697f2d856172cb83", "36bc70fe2e22b37b", "d3298c0403681a05")]
    [InlineData(135, "8094bb53c44cfb1e", "4be1e70276f9122f", "5097063c290fa1d6", "56fd7a23fcf9aca8")]
    [InlineData(136, "3fc5559f14db8e45", "e50392c91ed95768", "e20fd6f006f1857f", "df26def117af7c11")]
    [InlineData(137, "f8d6846cedd2ccfa", "c1a51bff785ff844", "83f1494c01d9a405", "1369b9e6a3e23edf")]
    [InlineData(200, "cce34485baf2bf2a", "eae6c85c6904f110", "6b5cfe9be26fb170", "c2f1eaea4354fba9")]
    public void SHA_3_and_SHAKE_give_the_known_hashes_around_their_block(int length, string sha256, string sha512, string shake256, string shake128)
    {
        // known values made with CPython's hashlib: the first 8 bytes of the hashes, the last 8 of 300 and 400 bytes of output
        var message = Encoding.ASCII.GetBytes(new string('a', length));
        var lanes = new ulong[Keccak.Lanes];
        var output = new byte[400];
        foreach (var at in new[] { 0, length / 3, length })
        {
            Keccak.Sha3With256Bits(output, message.AsSpan(0, at), message.AsSpan(at), lanes);
            Assert.Equal(sha256, Convert.ToHexStringLower(output.AsSpan(0, 8)));
            Keccak.Sha3With512Bits(output, message.AsSpan(0, at), message.AsSpan(at), lanes);
            Assert.Equal(sha512, Convert.ToHexStringLower(output.AsSpan(0, 8)));
            Keccak.Shake256(output.AsSpan(0, 300), message.AsSpan(0, at), message.AsSpan(at), lanes);
            Assert.Equal(shake256, Convert.ToHexStringLower(output.AsSpan(292, 8)));
            var stream = Keccak.StartShake128(message.AsSpan(0, at), message.AsSpan(at), lanes);
            for (var i = 0; i < output.Length; i += 50)
                stream.Squeeze(output.AsSpan(i, 50));
            Assert.Equal(shake128, Convert.ToHexStringLower(output.AsSpan(392, 8)));
        }
    }

    [Fact]
    public void A_labelled_hash_keeps_its_fields_apart()
    {
        var label = "secrets/x"u8.ToArray();
        var hash = LabelledHash.Start(label).Add([]).Add("abc"u8).Finish();
        Assert.Equal("a60e70a56964d4732d9e7935647d6cfed240ee1fa8c168ad24c2a87dcb9a4acd", Convert.ToHexStringLower(hash.Bytes));
        var others = new[]
        {
            LabelledHash.Start(label).Add("abc"u8).Add([]).Finish(),
            LabelledHash.Start(label).Add("a"u8).Add("bc"u8).Finish(),
            LabelledHash.Start(label).Add("ab"u8).Add("c"u8).Finish(),
            LabelledHash.Start(label).Add("abc"u8).Finish(),
            LabelledHash.Start("secrets/xa"u8).Add("bc"u8).Finish(),
            LabelledHash.Start("secrets/y"u8).Add([]).Add("abc"u8).Finish(),
        };
        Assert.Equal(others.Length + 1, others.Append(hash).Distinct().Count());
    }

    [Fact]
    public void A_labelled_hash_takes_long_fields_and_nothing_after_its_end()
    {
        var field = new byte[5000];
        var grown = LabelledHash.Start("l"u8).Add(new byte[200]).Add(field);
        var hash = grown.Finish();
        byte[] whole = [0, 0, 0, 1, (byte)'l', 0, 0, 0, 200, .. new byte[200], 0, 0, 0x13, 0x88, .. field];
        Assert.Equal(Hash256.Of(whole), hash);
        Assert.Throws<ObjectDisposedException>(() => grown.Add(field));
        Assert.Throws<ObjectDisposedException>(() => grown.Finish());
    }

    [Fact]
    public void Hashes_are_ordered_by_their_bytes()
    {
        Assert.True(Hash256.TryRead([0, .. new byte[31]], out var low));
        Assert.True(Hash256.TryRead([0x80, .. new byte[31]], out var high));
        Assert.True(low.CompareTo(high) < 0);
        Assert.True(high.CompareTo(low) > 0);
        Assert.Equal(0, low.CompareTo(low));
    }
}
