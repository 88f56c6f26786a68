namespace Secrets.Crypto.Tests;

public sealed class SealingTests
{
    private static readonly byte[] Key = Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    [Fact]
    public void XChaCha20_Poly1305_gives_the_published_ciphertexts_and_refuses_the_changed()
    {
        var count = 0;
        foreach (var test in Published.WycheproofCases("xchacha20_poly1305"))
        {
            count++;
            var (key, nonce, ad, message) = (test.Hex("key"), test.Hex("iv"), test.Hex("aad"), test.Hex("msg"));
            byte[] ciphertext = [.. test.Hex("ct"), .. test.Hex("tag")];
            var opened = new byte[test.Hex("ct").Length];
            if (nonce.Length != XChaCha20Poly1305.NonceSize)
            {
                Assert.Throws<ArgumentException>(() => XChaCha20Poly1305.TryOpen(opened, ciphertext, ad, nonce, key));
                continue;
            }
            var valid = test.Text("result") == "valid";
            Assert.True(valid == XChaCha20Poly1305.TryOpen(opened, ciphertext, ad, nonce, key), test.Case());
            Assert.Equal(valid ? message : new byte[opened.Length], opened);
            if (!valid)
                continue;
            var @sealed = new byte[message.Length + XChaCha20Poly1305.TagSize];
            XChaCha20Poly1305.Seal(@sealed, message, ad, nonce, key);
            Assert.Equal(ciphertext, @sealed);
        }
        Assert.Equal(315, count);
    }

    [Fact]
    public void XSalsa20_Poly1305_gives_NaCls_ciphertext()
    {
        // the worked example of "Cryptography in NaCl", section 10
        var key = Convert.FromHexString("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        var nonce = Convert.FromHexString("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        var message = Convert.FromHexString("be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705");
        var ciphertext = new byte[message.Length];
        var tag = new byte[16];
        XSalsa20Poly1305.Seal(ciphertext, tag, message, nonce, key);
        Assert.Equal("f3ffc7703f9400e52a7dfb4b3d3305d9", Convert.ToHexStringLower(tag));
        Assert.Equal("8e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5", Convert.ToHexStringLower(ciphertext));

        // in place
        var memory = (byte[])message.Clone();
        XSalsa20Poly1305.Seal(memory, tag, memory, nonce, key);
        Assert.Equal(ciphertext, memory);
        Assert.True(XSalsa20Poly1305.TryOpen(memory, memory, tag, nonce, key));
        Assert.Equal(message, memory);
    }

    [Fact]
    public void Any_flipped_bit_is_refused_and_nothing_is_let_out()
    {
        // E-26
        var message = "a message of thirty-two bytes ..."u8[..32].ToArray();
        var ad = "associated"u8.ToArray();
        var nonce = new byte[24];
        var opened = new byte[message.Length];
        var xchacha = new byte[message.Length + 16];
        XChaCha20Poly1305.Seal(xchacha, message, ad, nonce, Key);
        var synthetic = new byte[message.Length + SyntheticAead.Overhead];
        SyntheticAead.Seal(synthetic, message, ad, Key);
        var salsa = new byte[message.Length + 16];
        XSalsa20Poly1305.Seal(salsa.AsSpan(16), salsa.AsSpan(0, 16), message, nonce, Key);

        AssertAllRefused(xchacha, opened, c => XChaCha20Poly1305.TryOpen(opened, c, ad, nonce, Key));
        AssertAllRefused(ad, opened, a => XChaCha20Poly1305.TryOpen(opened, xchacha, a, nonce, Key));
        AssertAllRefused(nonce, opened, n => XChaCha20Poly1305.TryOpen(opened, xchacha, ad, n, Key));
        AssertAllRefused(Key, opened, k => XChaCha20Poly1305.TryOpen(opened, xchacha, ad, nonce, k));
        AssertAllRefused(synthetic, opened, c => SyntheticAead.TryOpen(opened, c, ad, Key));
        AssertAllRefused(ad, opened, a => SyntheticAead.TryOpen(opened, synthetic, a, Key));
        AssertAllRefused(Key, opened, k => SyntheticAead.TryOpen(opened, synthetic, ad, k));
        AssertAllRefused(salsa, opened, c => XSalsa20Poly1305.TryOpen(opened, c.AsSpan(16), c.AsSpan(0, 16), nonce, Key));
        AssertAllRefused(nonce, opened, n => XSalsa20Poly1305.TryOpen(opened, salsa.AsSpan(16), salsa.AsSpan(0, 16), n, Key));
        AssertAllRefused(Key, opened, k => XSalsa20Poly1305.TryOpen(opened, salsa.AsSpan(16), salsa.AsSpan(0, 16), nonce, k));
    }

    [Fact]
    public void A_synthetic_nonce_is_the_messages_own_and_another_is_refused()
    {
        // decision 16: sealed under a valid tag but a nonce of the writer's choice
        var message = "message"u8.ToArray();
        var ad = new byte[32];
        Span<byte> encryptionKey = stackalloc byte[32];
        Blake2b.Hash(encryptionKey, "secrets/1/x"u8, Key);
        var misused = new byte[message.Length + SyntheticAead.Overhead];
        XChaCha20Poly1305.Seal(misused.AsSpan(24), message, ad, misused.AsSpan(0, 24), encryptionKey);
        var opened = new byte[message.Length];
        Assert.True(XChaCha20Poly1305.TryOpen(opened, misused.AsSpan(24), ad, misused.AsSpan(0, 24), encryptionKey));
        Assert.False(SyntheticAead.TryOpen(opened, misused, ad, Key));
        Assert.Equal(new byte[message.Length], opened);
    }

    [Fact]
    public void Sealing_synthetically_twice_gives_one_ciphertext_and_another_message_another_nonce()
    {
        // decision 16
        var ad = "M"u8.ToArray();
        var (one, two, three) = (new byte[45], new byte[45], new byte[45]);
        SyntheticAead.Seal(one, "hello"u8, ad, Key);
        SyntheticAead.Seal(two, "hello"u8, ad, Key);
        SyntheticAead.Seal(three, "hellp"u8, ad, Key);
        Assert.Equal(one, two);
        Assert.False(one.AsSpan(0, 24).SequenceEqual(three.AsSpan(0, 24)));
        var opened = new byte[5];
        Assert.True(SyntheticAead.TryOpen(opened, one, ad, Key));
        Assert.Equal("hello"u8.ToArray(), opened);
    }

    [Fact]
    public void Synthetic_sealing_gives_the_known_ciphertext()
    {
        // made by tools/check-primitives.py
        var message = "a box of forty bytes or so"u8.ToArray();
        var ad = new byte[32];
        ad.AsSpan().Fill((byte)'M');
        var @sealed = new byte[message.Length + SyntheticAead.Overhead];
        SyntheticAead.Seal(@sealed, message, ad, Key);
        Assert.Equal("a90c8f08889c146ad01a1c1715d6e74e3353083f7869f4d277279188bc3411a801d3ed5e8a6930623b74ab136e4a6337993dddf64b34973be97524649cca6dfa5542", Convert.ToHexStringLower(@sealed));
    }

    [Fact]
    public void Sizes_are_checked_before_anything_is_done()
    {
        var (nonce, key) = (new byte[24], new byte[32]);
        Assert.Throws<ArgumentException>(() => XChaCha20Poly1305.Seal(new byte[20], new byte[5], [], nonce, key));
        Assert.Throws<ArgumentException>(() => XChaCha20Poly1305.Seal(new byte[21], new byte[5], [], new byte[12], key));
        Assert.Throws<ArgumentException>(() => XChaCha20Poly1305.Seal(new byte[21], new byte[5], [], nonce, new byte[31]));
        Assert.Throws<ArgumentException>(() => XChaCha20Poly1305.TryOpen([], new byte[15], [], nonce, key));
        Assert.Throws<ArgumentException>(() => SyntheticAead.Seal(new byte[44], new byte[5], [], key));
        Assert.Throws<ArgumentException>(() => SyntheticAead.Seal(new byte[45], new byte[5], [], new byte[16]));
        Assert.Throws<ArgumentException>(() => SyntheticAead.TryOpen([], new byte[39], [], key));
        Assert.Throws<ArgumentException>(() => XSalsa20Poly1305.Seal(new byte[5], new byte[15], new byte[5], nonce, key));
        Assert.Throws<ArgumentException>(() => XSalsa20Poly1305.Seal(new byte[6], new byte[16], new byte[5], nonce, key));
        Assert.Throws<ArgumentException>(() => Aes128Cbc.Encrypt(new byte[15], new byte[15], new byte[16], new byte[16]));
        Assert.Throws<ArgumentException>(() => Aes128Cbc.Encrypt(new byte[16], new byte[16], new byte[12], new byte[16]));
        Assert.Throws<ArgumentException>(() => Aes128Cbc.Decrypt(new byte[16], new byte[32], new byte[16], new byte[16]));
        Assert.Throws<ArgumentException>(() => Blake2b.Hash(new byte[65], []));
        Assert.Throws<ArgumentException>(() => Blake2b.Hash([], []));
        Assert.Throws<ArgumentException>(() => Blake2b.Hash(new byte[32], [], new byte[65]));
    }

    [Fact]
    public void Memory_that_overlaps_is_refused_unless_it_starts_at_one_place()
    {
        var memory = new byte[200];
        var (nonce, key) = (new byte[24], new byte[32]);
        Assert.Throws<ArgumentException>(() => XChaCha20Poly1305.Seal(memory.AsSpan(0, 66), memory.AsSpan(1, 50), [], nonce, key));
        Assert.Throws<ArgumentException>(() => XChaCha20Poly1305.TryOpen(memory.AsSpan(8, 50), memory.AsSpan(0, 66), [], nonce, key));
        Assert.Throws<ArgumentException>(() => XSalsa20Poly1305.Seal(memory.AsSpan(1, 50), new byte[16], memory.AsSpan(0, 50), nonce, key));
        Assert.Throws<ArgumentException>(() => SyntheticAead.Seal(memory.AsSpan(0, 90), memory.AsSpan(24, 50), [], key));
        Assert.Throws<ArgumentException>(() => Aes128Cbc.Encrypt(memory.AsSpan(0, 32), memory.AsSpan(0, 32), new byte[16], new byte[16]));

        var plain = new byte[50];
        XChaCha20Poly1305.Seal(memory.AsSpan(0, 66), memory.AsSpan(0, 50), [], nonce, key);
        Assert.True(XChaCha20Poly1305.TryOpen(memory.AsSpan(0, 50), memory.AsSpan(0, 66), [], nonce, key));
        Assert.Equal(plain, memory.AsSpan(0, 50).ToArray());
    }

    [Fact]
    public void AES_128_CBC_gives_NISTs_ciphertext()
    {
        // NIST SP 800-38A, F.2.1
        var key = Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c");
        var iv = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");
        var message = Convert.FromHexString("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
        var ciphertext = new byte[32];
        var opened = new byte[32];
        Aes128Cbc.Encrypt(ciphertext, message, iv, key);
        Assert.Equal("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2", Convert.ToHexStringLower(ciphertext));
        Aes128Cbc.Decrypt(opened, ciphertext, iv, key);
        Assert.Equal(message, opened);
    }

    [Fact]
    public void AES_256_GCM_gives_the_published_ciphertext_and_opens_nothing_that_was_changed()
    {
        // McGrew and Viega, The Galois/Counter Mode of Operation, test case 14
        var (key, nonce, message, sealedBytes) = (new byte[32], new byte[12], new byte[16], new byte[32]);
        Aes256Gcm.Seal(sealedBytes, message, [], nonce, key);
        Assert.Equal("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919", Convert.ToHexStringLower(sealedBytes));
        var opened = new byte[16];
        Assert.True(Aes256Gcm.TryOpen(opened, sealedBytes, [], nonce, key));
        for (var at = 0; at < sealedBytes.Length; at++)
        {
            var changed = sealedBytes.ToArray();
            changed[at] ^= 1;
            opened.AsSpan().Fill(7);
            Assert.False(Aes256Gcm.TryOpen(opened, changed, [], nonce, key));
            Assert.Equal(new byte[16], opened);
        }
        Assert.False(Aes256Gcm.TryOpen(opened, sealedBytes, [1], nonce, key));
        Assert.Throws<ArgumentException>(() => Aes256Gcm.Seal(new byte[31], new byte[16], [], new byte[12], new byte[32]));
        Assert.Throws<ArgumentException>(() => Aes256Gcm.Seal(new byte[32], new byte[16], [], new byte[24], new byte[32]));
        Assert.Throws<ArgumentException>(() => Aes256Gcm.Seal(new byte[32], new byte[16], [], new byte[12], new byte[16]));
        Assert.Throws<ArgumentException>(() => Aes256Gcm.TryOpen([], new byte[15], [], new byte[12], new byte[32]));
        Assert.Throws<ArgumentException>(() => Aes256Gcm.Seal(sealedBytes, sealedBytes.AsSpan(0, 16), [], new byte[12], new byte[32]));
    }

    private static void AssertAllRefused(byte[] source, byte[] opened, Func<byte[], bool> tryOpen)
    {
        Assert.True(tryOpen(source));
        foreach (var changed in Flip.EveryBit(source))
        {
            opened.AsSpan().Fill(0xaa);
            Assert.False(tryOpen(changed));
            Assert.Equal(new byte[opened.Length], opened);
        }
    }
}
