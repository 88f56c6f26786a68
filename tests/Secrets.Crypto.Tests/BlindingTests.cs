using System.Buffers.Binary;
using System.Text;

namespace Secrets.Crypto.Tests;

public sealed class BlindingTests
{
    // values that BACAP's authors publish; the blinding input is HKDF-BLAKE2b(ikm = K, salt = context), or K itself without a context
    private const string Seed = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const string Root = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";

    [Theory]
    [InlineData(0, null, "9259a0005af542f3226f379530b291ce675762430ad5b3323c8b865a0440b7ba")]
    [InlineData(5, null, "22ba737b5357cf528207ab5a707a5e7878802ebcb7d0ba3ebda2b46b6dbfe7fd")]
    [InlineData(0, "hpqc-bacap-vector-context", "f531e783791705744a462341483abb15052aa49c5687a28d09bc21b6087a17a1")]
    [InlineData(3, "alternate context", "d1584c0c08428edec0663c97803cdb1e4229ddaaad2010ea69fa60c7d0b11e7b")]
    public void Published_addresses_are_made_by_both_halves(int advances, string? context, string address)
    {
        using var root = Ed25519PrivateKey.FromSeed(Convert.FromHexString(Seed));
        Assert.Equal(Root, Convert.ToHexStringLower(root.PublicKey.Bytes));
        using var factor = BlindingFactor.Derive(Material(advances, context));
        using var key = root.Blind(factor);
        Assert.Equal(address, Convert.ToHexStringLower(key.PublicKey.Bytes));
        Assert.True(root.PublicKey.TryBlind(factor, out var blinded));
        Assert.Equal(key.PublicKey, blinded);
    }

    [Theory]
    [InlineData(0, "ctx-A", "7ada7776007442d9bfc94d7425f314325810d99cd9", "e9b1af50d20e4c645a8422157720eda5f2bab33c0926a6407b54732b60aa897813868a1ee6d5f353f73bb6c687fb3eb23dd48d33b9a4acd391415885c9d66c07")]
    [InlineData(7, "ctx-B", "c3c5591eb2c9742ec7d8aff01674c51b34e97079385a147c2c318b40bf", "7c8d9809aa9f4d220f010eaa3503be5f23d8a3bec1f12bf42772bff5c9de1f447830550a32e67ed21907c2fba7c2f9e89de446b03408d85edc35c265f1f6ee0e")]
    [InlineData(0, "pigeonhole context", "", "9b56a8ff184cc645bfddb96e7c13a3ba01b1b3c238cf53b2b6d382ee5c0e1f6b217680668105404aafb5a858bf21e3a22c8f2491111472cd43e25d815f91e900")]
    public void Published_signatures_are_made_to_the_bit(int advances, string context, string message, string signature)
    {
        using var root = Ed25519PrivateKey.FromSeed(Convert.FromHexString(Seed));
        using var factor = BlindingFactor.Derive(Material(advances, context));
        using var key = root.Blind(factor);
        var bytes = Convert.FromHexString(message);
        var made = key.Sign(bytes);
        Assert.Equal(signature, Convert.ToHexStringLower(made.Bytes));
        Assert.True(key.PublicKey.Verify(bytes, made));
        Assert.False(root.PublicKey.Verify(bytes, made));
    }

    [Fact]
    public void A_thousand_advances_give_the_published_state()
    {
        Span<byte> state = stackalloc byte[96];
        Advance(1000, state);
        Assert.Equal("2f16e5fa12dd54b71a4431e48de467210514dbfcbca1df89cdced11ac8635850", Convert.ToHexStringLower(state[64..]));
        Assert.Equal("29e644b9aed95f5e3d2ac04bea9ccb5b499ec61ff3e3b165c426a9a0bc6259ca", Convert.ToHexStringLower(state[32..64]));
        Assert.Equal("a8084122e96fc8c76fd4b9c614b2e5f9caa0f0778cbf2c3248723172e12e5dc8", Convert.ToHexStringLower(state[..32]));
    }

    private static byte[] Material(int advances, string? context)
    {
        Span<byte> state = stackalloc byte[96];
        Advance(advances, state);
        var k = state[64..].ToArray();
        if (context is not null)
            Hkdf.DeriveBlake2b(k, k, Encoding.ASCII.GetBytes(context), []);
        return k;
    }

    // H' ‖ E' ‖ K' from H under the index
    private static void Advance(int count, Span<byte> state)
    {
        state[..32].Fill(0xcc);
        state[32..64].Fill(0xbb);
        state[64..].Fill(0xaa);
        Span<byte> index = stackalloc byte[8];
        for (var i = 1; i <= count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(index, i);
            Hkdf.DeriveBlake2b(state, state[..32], [], index); // in place
        }
    }
}
