using System.Text;
using System.Text.Json;

namespace Secrets.Crypto.Tests;

public sealed class KeyDerivationTests
{
    [Fact]
    public void HKDF_gives_the_published_keys_over_SHA_256()
    {
        Assert.Equal(86, Check("hkdf_sha256", 255 * 32, (output, test) =>
        {
            Hkdf.DeriveSha256(output, test.Hex("ikm"), test.Hex("salt"), test.Hex("info"));
            var prk = new byte[32];
            var apart = new byte[output.Length];
            Hkdf.ExtractSha256(prk, test.Hex("ikm"), test.Hex("salt"));
            Hkdf.ExpandSha256(apart, prk, test.Hex("info"));
            Assert.Equal(output, apart);
        }));
    }

    [Fact]
    public void HKDF_gives_the_published_keys_over_SHA_512() =>
        Assert.Equal(83, Check("hkdf_sha512", 255 * 64, (output, test) => Hkdf.DeriveSha512(output, test.Hex("ikm"), test.Hex("salt"), test.Hex("info"))));

    [Fact]
    public void HKDF_over_BLAKE2b_refuses_what_it_cannot_give()
    {
        Assert.Throws<ArgumentException>(() => Hkdf.DeriveBlake2b(new byte[(255 * 64) + 1], new byte[32], [], []));
        Assert.Throws<ArgumentException>(() => Hkdf.DeriveBlake2b(new byte[32], new byte[32], [], new byte[Hkdf.MaxInfoSize + 1]));
        Hkdf.DeriveBlake2b(new byte[255 * 64], new byte[32], new byte[300], new byte[Hkdf.MaxInfoSize]);
        Hkdf.DeriveBlake2b([], new byte[32], [], []);
    }

    [Fact]
    public void Extract_and_expand_take_a_pseudorandom_key_of_the_hash_size_only()
    {
        foreach (var size in new[] { 0, 31, 33, 64 })
        {
            Assert.Throws<ArgumentException>(() => Hkdf.ExtractSha256(new byte[size], new byte[32], []));
            Assert.Throws<ArgumentException>(() => Hkdf.ExpandSha256(new byte[32], new byte[size], []));
        }
    }

    [Fact]
    public void HMAC_gives_the_published_tags_and_refuses_changed_ones()
    {
        // those with a tag of 32 bytes; SHA-512's are then crypto_auth's
        Assert.Equal(87, CheckMac("hmac_sha256", Hmac.Sha256, Hmac.VerifySha256));
        Assert.Equal(87, CheckMac("hmac_sha512", Hmac.Sha512Truncated, Hmac.VerifySha512Truncated));
    }

    [Fact]
    public void HMAC_refuses_every_flipped_bit_and_other_lengths()
    {
        // E-26
        var key = new byte[32];
        var tag = new byte[32];
        var message = "message"u8.ToArray();
        Hmac.Sha256(tag, key, message);
        foreach (var changed in Flip.EveryBit(tag))
            Assert.False(Hmac.VerifySha256(changed, key, message));
        Hmac.Sha512Truncated(tag, key, message);
        foreach (var changed in Flip.EveryBit(tag))
            Assert.False(Hmac.VerifySha512Truncated(changed, key, message));
        foreach (var length in new[] { 0, 16, 31 })
        {
            Assert.False(Hmac.VerifySha512Truncated(tag.AsSpan(0, length), key, message));
            Assert.False(Hmac.VerifySha256(tag.AsSpan(0, length), key, message));
            Assert.Throws<ArgumentException>(() => Hmac.Sha256(new byte[length], key, message));
            Assert.Throws<ArgumentException>(() => Hmac.Sha512Truncated(new byte[length], key, message));
        }
    }

    // made by tools/check-primitives.py, which gives the published Argon2id value too (4 lanes, secret and
    // associated data: more than libsodium takes, so the published value itself can't be tried here)
    [Theory]
    [InlineData("password", "736f6d6573616c743031323334353637", 64, 1, "8a3b1e4827b66d843a502ec863054ed10d36700c24ccb9b22cd86efd685675f9")]
    [InlineData("", "00000000000000000000000000000000", 64, 2, "9f7e7f05004ce79ee6eed997f37c1afd")]
    [InlineData("correct horse battery staple", "000102030405060708090a0b0c0d0e0f", 256, 3, "19bc829fd8a9a5a984947bccf2f0e74cb99b546ddfd455123d6807772aaf4c1d")]
    [InlineData("password", "736f6d6573616c743031323334353637", 128, 4, "b6c1da08fb5f4e9ae37fbf77cc754f49af5981f174b34f1121a154d7d859edee87bc02080a0a0b1d21af9d6a51c7e0baa399d1d6bb3245c4e033275825dd2d61")]
    public async Task Argon2id_gives_the_known_keys(string password, string salt, int memory, int passes, string expected)
    {
        using var key = await Argon2id.DeriveAsync(
            Encoding.UTF8.GetBytes(password), Convert.FromHexString(salt), Argon2idParameters.ForTestsOnly(memory, passes), expected.Length / 2, TestContext.Current.CancellationToken);
        Assert.Equal(expected, Convert.ToHexStringLower(key.Bytes));
    }

    [Fact]
    public async Task Argon2id_refuses_a_cost_that_was_not_set_and_wrong_sizes()
    {
        var none = TestContext.Current.CancellationToken;
        await Assert.ThrowsAsync<ArgumentException>(async () => await Argon2id.DeriveAsync(new byte[8], new byte[16], default, 32, none));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Argon2id.DeriveAsync(new byte[8], new byte[15], Argon2idParameters.Standard, 32, none));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Argon2id.DeriveAsync(new byte[8], new byte[16], Argon2idParameters.Standard, 15, none));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Argon2id.DeriveAsync(new byte[8], new byte[16], Argon2idParameters.Standard, 65, none));
    }

    [Theory]
    [InlineData(65535, 3, false)]
    [InlineData(65536, 2, false)]
    [InlineData(65536, 3, true)]
    [InlineData(2097152, 64, true)]
    [InlineData(2097153, 3, false)]
    [InlineData(65536, 65, false)]
    [InlineData(-1, -1, false)]
    public void The_cost_of_a_password_has_a_floor_and_a_ceiling(int memory, int passes, bool taken)
    {
        // a file can't make the password cheap, nor the opening endless
        Assert.Equal(taken, Argon2idParameters.TryCreate(memory, passes, out var parameters));
        Assert.Equal(taken, parameters != default);
    }

    private static int Check(string file, int limit, Action<byte[], JsonElement> derive)
    {
        var count = 0;
        foreach (var test in Published.WycheproofCases(file))
        {
            count++;
            var output = new byte[test.GetProperty("size").GetInt32()];
            if (output.Length > limit)
            {
                Assert.Equal("invalid", test.Text("result"));
                Assert.ThrowsAny<ArgumentException>(() => derive(output, test));
                continue;
            }
            derive(output, test);
            Assert.True(test.Hex("okm").AsSpan().SequenceEqual(output), test.Case());
        }
        return count;
    }

    private delegate void Mac(Span<byte> tag, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message);

    private delegate bool Verify(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message);

    private static int CheckMac(string file, Mac mac, Verify verify)
    {
        var count = 0;
        var tag = new byte[32];
        foreach (var test in Published.WycheproofCases(file).Where(t => t.Hex("tag").Length == 32))
        {
            mac(tag, test.Hex("key"), test.Hex("msg"));
            var valid = test.Text("result") == "valid";
            Assert.True(valid == tag.AsSpan().SequenceEqual(test.Hex("tag")), test.Case());
            Assert.True(valid == verify(test.Hex("tag"), test.Hex("key"), test.Hex("msg")), test.Case());
            count++;
        }
        return count;
    }
}
