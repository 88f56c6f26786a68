namespace Secrets.Crypto.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void The_hot_paths_allocate_nothing()
    {
        var key = new byte[32];
        var nonce = new byte[24];
        var output = new byte[96];
        var message = new byte[4056];
        var @sealed = new byte[4096];
        var header = new byte[17 + 4056];
        using var x25519 = X25519PrivateKey.Generate(new SeededRandomForTestsOnly(1));
        using var ed25519 = Ed25519PrivateKey.Generate(new SeededRandomForTestsOnly(2));
        using var mlkem = MlKemDecapsulationKey.Generate(new SeededRandomForTestsOnly(3));
        using var stream = SecretStreamWriter.Create(new byte[24], key, new SeededRandomForTestsOnly(4));
        var encapsulationKey = mlkem.EncapsulationKey;
        var random = new FixedStream();
        var ciphertext = new byte[MlKemEncapsulationKey.CiphertextSize];
        var signature = ed25519.Sign(message);
        var peer = x25519.PublicKey;

        AssertNone("HKDF-BLAKE2b, 96 bytes", () => Hkdf.DeriveBlake2b(output, key, [], nonce));
        AssertNone("HKDF-BLAKE2b, 32 bytes", () => Hkdf.DeriveBlake2b(key, key, nonce, []));
        AssertNone("HKDF-SHA-256", () => Hkdf.ExpandSha256(output, key, nonce));
        AssertNone("HMAC-SHA-256", () => Hmac.Sha256(key, key, nonce));
        AssertNone("synthetic sealing", () => SyntheticAead.Seal(@sealed, message, key, key));
        AssertNone("synthetic opening", () => SyntheticAead.TryOpen(message, @sealed, key, key));
        AssertNone("XChaCha20-Poly1305", () => XChaCha20Poly1305.Seal(@sealed.AsSpan(0, 4072), message, key, nonce, key));
        AssertNone("XSalsa20-Poly1305", () => XSalsa20Poly1305.Seal(message, nonce.AsSpan(0, 16), message, nonce, key));
        AssertNone("streams", () => stream.Push(header, message, [], SecretStreamTag.None));
        AssertNone("BLAKE2b", () => Blake2b.Hash(key, message, key));
        AssertNone("X25519", () => x25519.TryAgree(peer, key));
        AssertNone("Ed25519 signing", () => ed25519.Sign(message));
        AssertNone("Ed25519 verifying", () => ed25519.PublicKey.Verify(message, signature));
        AssertNone("ML-KEM encapsulation", () => encapsulationKey.Encapsulate(ciphertext, key, random));
        AssertNone("ML-KEM decapsulation", () => mlkem.TryDecapsulate(ciphertext, key));
    }

    private static void AssertNone(string what, Action action)
    {
        for (var i = 0; i < 3; i++)
            action();
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > 0; attempt++) // the compiler's own work may fall into one of them
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.True(least == 0, $"{what}: {least} bytes");
    }

    private sealed class FixedStream : RandomSource
    {
        public override void Fill(Span<byte> destination) => destination.Fill(1);
    }
}
