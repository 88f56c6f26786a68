using System.Security.Cryptography;
using Secrets.Crypto.MlKem;

namespace Secrets.Crypto.Tests;

public sealed class MlKem768Tests
{
    [Fact]
    public void Key_generation_gives_the_published_keys()
    {
        var groups = Published.Groups(Published.Read("mlkem-acvp/key-gen.json")).Where(g => g.Text("parameterSet") == "ML-KEM-768");
        var count = 0;
        foreach (var test in groups.SelectMany(g => g.GetProperty("tests").EnumerateArray()))
        {
            var seed = test.Hex("d").Concat(test.Hex("z")).ToArray();
            AssertKey(seed, test.Hex("ek"), test.Hex("dk"), test.Case());
            count++;
        }
        Assert.Equal(25, count);

        foreach (var test in Published.WycheproofCases("mlkem_768_keygen_seed"))
        {
            AssertKey(test.Hex("seed"), test.Hex("ek"), test.Hex("dk"), test.Case());
            count++;
        }
        Assert.Equal(125, count);
    }

    [Fact]
    public void Encapsulation_and_decapsulation_give_the_published_secrets()
    {
        var count = 0;
        var shared = new byte[32];
        foreach (var group in Published.Groups(Published.Read("mlkem-acvp/encap-decap.json")).Where(g => g.Text("parameterSet") == "ML-KEM-768"))
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var decapsulation = group.Text("function") == "decapsulation";
                var dk = (decapsulation ? group : test).Hex("dk");
                if (!decapsulation)
                    AssertEncapsulation(test.Hex("ek"), test.Hex("m"), test.Hex("c"), test.Hex("k"), test.Case());
                ManagedMlKem768.Decapsulate(shared, test.Hex("c"), dk);
                Assert.Equal(test.Hex("k"), shared);
                count++;
            }
        }
        Assert.Equal(35, count);
    }

    [Fact]
    public void Published_encapsulations_are_made_and_unreduced_keys_refused()
    {
        // E-6: the modulus check
        var count = 0;
        foreach (var test in Published.WycheproofCases("mlkem_768_encaps"))
        {
            var valid = MlKemEncapsulationKey.TryRead(test.Hex("ek"), out _);
            Assert.Equal(test.Text("result") == "valid", valid);
            if (valid)
                AssertEncapsulation(test.Hex("ek"), test.Hex("m"), test.Hex("c"), test.Hex("K"), test.Case());
            count++;
        }
        Assert.Equal(265, count);
    }

    [Fact]
    public void Published_decapsulations_give_their_secrets_and_other_lengths_are_refused()
    {
        var count = 0;
        var shared = new byte[32];
        foreach (var test in Published.WycheproofCases("mlkem_768"))
        {
            count++;
            var seed = test.Hex("seed");
            if (seed.Length != MlKemDecapsulationKey.SeedSize)
            {
                Assert.Throws<ArgumentException>(() => MlKemDecapsulationKey.FromSeed(seed));
                continue;
            }
            using var key = MlKemDecapsulationKey.FromSeed(seed);
            if (test.TryGetProperty("ek", out _))
                Assert.Equal(test.Hex("ek"), key.EncapsulationKey.Bytes.ToArray());
            var opened = key.TryDecapsulate(test.Hex("c"), shared);
            Assert.Equal(test.Text("result") == "valid", opened);
            if (opened)
                Assert.Equal(test.Hex("K"), shared);
        }
        Assert.Equal(193, count);
    }

    [Fact]
    public void Published_expanded_keys_decapsulate_and_cannot_be_imported()
    {
        // an expanded key that contradicts itself can't come in, as only seeds are taken
        var shared = new byte[32];
        var count = 0;
        foreach (var test in Published.WycheproofCases("mlkem_768_semi_expanded_decaps"))
        {
            Assert.Throws<ArgumentException>(() => MlKemDecapsulationKey.FromSeed(test.Hex("dk")));
            count++;
            if (test.Text("result") != "valid")
                continue;
            ManagedMlKem768.Decapsulate(shared, test.Hex("c"), test.Hex("dk"));
            Assert.Equal(test.Hex("K"), shared);
        }
        Assert.Equal(9, count);
    }

    [Fact]
    public void The_platforms_keys_are_the_managed_ones()
    {
        if (!MLKem.IsSupported)
            Assert.Skip("This platform has no ML-KEM of its own.");
        var seed = new byte[MlKemDecapsulationKey.SeedSize];
        new SeededRandomForTestsOnly(5).Fill(seed);
        using var platform = MLKem.ImportPrivateSeed(MLKemAlgorithm.MLKem768, seed);
        using var managed = new ManagedMlKem768(seed);
        Assert.Equal(platform.ExportDecapsulationKey(), managed.ExportDecapsulationKey());
        managed.Encapsulate(out var ciphertext, out var shared);
        Assert.Equal(shared, platform.Decapsulate(ciphertext));
        ciphertext[0] ^= 1;
        Assert.Equal(managed.Decapsulate(ciphertext), platform.Decapsulate(ciphertext));
    }

    [Fact]
    public void The_managed_key_behaves_as_the_platforms_class_promises()
    {
        using var key = new ManagedMlKem768(new byte[64]);
        key.Encapsulate(out var ciphertext, out var shared);
        Assert.Equal(shared, key.Decapsulate(ciphertext));
        Assert.Equal(MLKemAlgorithm.MLKem768, key.Algorithm);
#pragma warning disable SYSLIB5006 // the base class calls this part of itself experimental
        var exported = key.ExportPkcs8PrivateKey();
#pragma warning restore SYSLIB5006
        Assert.Equal(86, exported.Length);
        Assert.Equal(new byte[64], exported[^64..]);
    }

    [Fact]
    public void A_changed_ciphertext_gives_an_unrelated_secret_and_always_the_same()
    {
        // E-6: implicit rejection; every byte of the ciphertext counts
        using var key = MlKemDecapsulationKey.Generate(new SeededRandomForTestsOnly(1));
        var ciphertext = new byte[MlKemEncapsulationKey.CiphertextSize];
        var sent = new byte[32];
        var received = new byte[32];
        var again = new byte[32];
        key.EncapsulationKey.Encapsulate(ciphertext, sent, new SeededRandomForTestsOnly(2));
        Assert.True(key.TryDecapsulate(ciphertext, received));
        Assert.Equal(sent, received);

        var seen = new HashSet<string>();
        for (var at = 0; at < ciphertext.Length; at++)
        {
            ciphertext[at] ^= (byte)(1 << (at % 8));
            Assert.True(key.TryDecapsulate(ciphertext, received));
            Assert.True(key.TryDecapsulate(ciphertext, again));
            Assert.NotEqual(sent, received);
            Assert.Equal(received, again);
            Assert.True(seen.Add(Convert.ToHexString(received)));
            ciphertext[at] ^= (byte)(1 << (at % 8));
        }
    }

    [Fact]
    public void The_first_coefficient_that_is_not_below_the_modulus_is_refused_in_every_place()
    {
        // E-6
        using var key = MlKemDecapsulationKey.Generate(new SeededRandomForTestsOnly(3));
        var bytes = key.EncapsulationKey.Bytes.ToArray();
        for (var coefficient = 0; coefficient < 3 * 256; coefficient++)
        {
            foreach (var (value, expected) in new[] { (3328, true), (3329, false), (4095, false) })
            {
                var changed = (byte[])bytes.Clone();
                var at = coefficient / 2 * 3;
                if (coefficient % 2 == 0)
                {
                    changed[at] = (byte)(value & 0xff);
                    changed[at + 1] = (byte)((changed[at + 1] & 0xf0) | (value >> 8));
                }
                else
                {
                    changed[at + 1] = (byte)((changed[at + 1] & 0x0f) | ((value & 0x0f) << 4));
                    changed[at + 2] = (byte)(value >> 4);
                }
                Assert.Equal(expected, MlKemEncapsulationKey.TryRead(changed, out _));
            }
        }
    }

    [Fact]
    public void Compression_without_division_is_exact_for_every_coefficient()
    {
        foreach (var bits in new[] { 1, 4, 10 })
        {
            for (var x = 0; x < Polynomial.Q; x++)
                Assert.Equal((ulong)((((x << bits) + 1664) / Polynomial.Q) % (1 << bits)), PolynomialCoding.Compress(x, bits));
        }
    }

    [Fact]
    public void A_thousand_random_keys_agree()
    {
        var random = new SeededRandomForTestsOnly(4);
        var ciphertext = new byte[MlKemEncapsulationKey.CiphertextSize];
        var sent = new byte[32];
        var received = new byte[32];
        for (var i = 0; i < 1000; i++)
        {
            using var key = MlKemDecapsulationKey.Generate(random);
            Assert.True(MlKemEncapsulationKey.TryRead(key.EncapsulationKey.Bytes, out var publicKey));
            publicKey!.Encapsulate(ciphertext, sent, random);
            Assert.True(key.TryDecapsulate(ciphertext, received));
            Assert.Equal(sent, received);
        }
    }

    private static void AssertKey(byte[] seed, byte[] ek, byte[] dk, string test)
    {
        using var key = new ManagedMlKem768(seed);
        Assert.True(ek.AsSpan().SequenceEqual(key.ExportEncapsulationKey()), test);
        Assert.True(dk.AsSpan().SequenceEqual(key.ExportDecapsulationKey()), test);
        Assert.True(seed.AsSpan().SequenceEqual(key.ExportPrivateSeed()), test);
    }

    private static void AssertEncapsulation(byte[] ek, byte[] m, byte[] ciphertext, byte[] secret, string test)
    {
        var made = new byte[MlKemEncapsulationKey.CiphertextSize];
        var shared = new byte[32];
        Assert.True(MlKemEncapsulationKey.TryRead(ek, out var key), test);
        key!.Encapsulate(made, shared, new FixedRandomSource(m));
        Assert.True(ciphertext.AsSpan().SequenceEqual(made), test);
        Assert.True(secret.AsSpan().SequenceEqual(shared), test);
    }
}
