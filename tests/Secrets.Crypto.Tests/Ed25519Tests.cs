namespace Secrets.Crypto.Tests;

public sealed class Ed25519Tests
{
    // the order of the group, little-endian
    private static readonly byte[] Order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

    [Fact]
    public void Published_signatures_verify_or_are_refused()
    {
        var count = 0;
        foreach (var group in Published.Groups(Published.Read("wycheproof/ed25519_test.json")))
        {
            Assert.True(Ed25519PublicKey.TryRead(group.GetProperty("publicKey").Hex("pk"), out var key));
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var valid = Ed25519Signature.TryRead(test.Hex("sig"), out var signature) && key.Verify(test.Hex("msg"), signature);
                Assert.True(valid == (test.Text("result") == "valid"), test.Case());
                count++;
            }
        }
        Assert.Equal(151, count);
    }

    [Fact]
    public void Every_point_of_small_order_is_refused_wherever_a_point_is_taken()
    {
        // E-5, decision 22
        using var factor = BlindingFactor.Derive(new byte[32]);
        using var key = Ed25519PrivateKey.Generate(new SeededRandomForTestsOnly(1));
        var message = "message"u8.ToArray();
        foreach (var point in SmallOrder.Ed25519)
        {
            Assert.False(Ed25519PublicKey.TryRead(point, out _));
            var trusted = Ed25519PublicKey.FromTrusted(point);
            Assert.False(trusted.TryBlind(factor, out _));
            Assert.False(trusted.TryConvertToX25519(out _));

            // as a key: R = the point itself and S = 0 satisfies the equation of a lax verifier
            Assert.True(Ed25519Signature.TryRead([.. point, .. new byte[32]], out var forged));
            Assert.False(trusted.Verify(message, forged));

            // as R of a signature
            Assert.True(Ed25519Signature.TryRead([.. point, .. key.Sign(message).Bytes[32..]], out var withR));
            Assert.False(key.PublicKey.Verify(message, withR));
        }
    }

    [Fact]
    public void A_key_of_mixed_order_is_refused()
    {
        // E-5
        using var factor = BlindingFactor.Derive(new byte[32]);
        Assert.True(Ed25519PublicKey.TryRead(SmallOrder.PrimeOrder, out _));
        Assert.False(Ed25519PublicKey.TryRead(SmallOrder.MixedOrder, out _));
        Assert.False(Ed25519PublicKey.FromTrusted(SmallOrder.MixedOrder).TryBlind(factor, out _));
        Assert.False(Ed25519PublicKey.FromTrusted(SmallOrder.MixedOrder).TryConvertToX25519(out _));
    }

    [Fact]
    public void A_key_read_together_with_its_agreement_key_is_checked_as_one_read_alone()
    {
        // E-5: one check of the group must refuse all that two refuse
        using var key = Ed25519PrivateKey.Generate(new SeededRandomForTestsOnly(3));
        Assert.True(key.PublicKey.TryConvertToX25519(out var expected));
        Assert.True(Ed25519PublicKey.TryRead(key.PublicKey.Bytes, out var read, out var agreement));
        Assert.Equal(key.PublicKey, read);
        Assert.Equal(expected, agreement);

        byte[][] refused = [.. SmallOrder.Ed25519, SmallOrder.MixedOrder, [.. NotCanonical(0)], [.. NotCanonical(3)], new byte[31], new byte[33]];
        foreach (var point in refused)
        {
            Assert.False(Ed25519PublicKey.TryRead(point, out _));
            Assert.False(Ed25519PublicKey.TryRead(point, out read, out agreement));
            Assert.Equal(default, read);
            Assert.Equal(default, agreement);
        }
    }

    [Fact]
    public void A_signature_with_the_order_added_to_S_is_refused()
    {
        // E-5: malleability
        using var key = Ed25519PrivateKey.Generate(new SeededRandomForTestsOnly(2));
        var bytes = key.Sign("message"u8).Bytes.ToArray();
        var carry = 0;
        for (var i = 0; i < 32; i++)
        {
            carry += bytes[32 + i] + Order[i];
            bytes[32 + i] = (byte)(carry & 0xff);
            carry >>= 8;
        }
        Assert.True(Ed25519Signature.TryRead(bytes, out var signature));
        Assert.False(key.PublicKey.Verify("message"u8, signature));
    }

    [Fact]
    public void Any_flipped_bit_of_signature_message_or_key_is_refused()
    {
        // E-26
        using var key = Ed25519PrivateKey.Generate(new SeededRandomForTestsOnly(3));
        var message = "twenty bytes of text"u8.ToArray();
        var signature = key.Sign(message);
        Assert.True(key.PublicKey.Verify(message, signature));
        foreach (var changed in Flip.EveryBit(signature.Bytes.ToArray()))
        {
            Assert.True(Ed25519Signature.TryRead(changed, out var other));
            Assert.False(key.PublicKey.Verify(message, other));
        }
        foreach (var changed in Flip.EveryBit(message))
            Assert.False(key.PublicKey.Verify(changed, signature));
        foreach (var changed in Flip.EveryBit(key.PublicKey.Bytes.ToArray()))
            Assert.False(Ed25519PublicKey.TryRead(changed, out var other) && other.Verify(message, signature));
    }

    [Fact]
    public void The_converted_halves_belong_together()
    {
        using var key = Ed25519PrivateKey.Generate(new SeededRandomForTestsOnly(4));
        using var converted = key.ConvertToX25519();
        Assert.True(key.PublicKey.TryConvertToX25519(out var publicKey));
        Assert.Equal(converted.PublicKey, publicKey);
    }

    [Fact]
    public void An_exported_seed_makes_the_same_key()
    {
        using var key = Ed25519PrivateKey.Generate(new SeededRandomForTestsOnly(5));
        var seed = new byte[Ed25519PrivateKey.SeedSize];
        key.ExportForVault(seed);
        using var again = Ed25519PrivateKey.FromSeed(seed);
        Assert.Equal(key.PublicKey, again.PublicKey);
        Assert.Equal(key.Sign("x"u8), again.Sign("x"u8));
    }

    /// <summary>y + p for a small y: what a lax reader takes for y.</summary>
    private static byte[] NotCanonical(byte y)
    {
        var bytes = Enumerable.Repeat((byte)0xff, 32).ToArray();
        bytes[0] = (byte)(0xed + y);
        bytes[31] = 0x7f;
        return bytes;
    }
}
