namespace Secrets.Crypto.Tests;

/// <summary>Everything that takes bytes from outside answers yes or no, whatever they are.</summary>
public sealed class DecoderFuzzTests
{
    private const int Inputs = 2500;

    [Fact]
    public void Points_keys_and_signatures_are_read_or_refused()
    {
        using var agreement = X25519PrivateKey.FromBytes(new byte[32]);
        using var signing = Ed25519PrivateKey.FromSeed(new byte[32]);
        using var factor = BlindingFactor.Derive([]);
        var shared = new byte[32];
        var message = "message"u8.ToArray();
        var points = 0;
        foreach (var bytes in Mutations(signing.PublicKey.Bytes.ToArray(), 1))
        {
            if (X25519PublicKey.TryRead(bytes, out var peer))
                Assert.True(agreement.TryAgree(peer, shared));
            if (!Ed25519PublicKey.TryRead(bytes, out var key))
                continue;
            points++;
            Assert.True(key.TryBlind(factor, out var blinded)); // what was read can be used everywhere
            Assert.True(Ed25519PublicKey.TryRead(blinded.Bytes, out _));
            Assert.True(key.TryConvertToX25519(out _));
        }
        Assert.InRange(points, 1, Inputs);

        var signature = signing.Sign(message).Bytes.ToArray();
        foreach (var bytes in Mutations(signature, 2))
        {
            var accepted = Ed25519Signature.TryRead(bytes, out var read) && signing.PublicKey.Verify(message, read);
            Assert.Equal(bytes.AsSpan().SequenceEqual(signature), accepted);
        }
    }

    [Fact]
    public void Encapsulation_keys_are_read_or_refused_and_what_was_read_is_used()
    {
        using var key = MlKemDecapsulationKey.FromSeed(new byte[64]);
        var (ciphertext, shared) = (new byte[MlKemEncapsulationKey.CiphertextSize], new byte[32]);
        foreach (var bytes in Mutations(key.EncapsulationKey.Bytes.ToArray(), 3))
        {
            if (MlKemEncapsulationKey.TryRead(bytes, out var read))
                read.Encapsulate(ciphertext, shared, RandomSource.System);
        }
        foreach (var bytes in Mutations(ciphertext, 4))
            Assert.Equal(bytes.Length == ciphertext.Length, key.TryDecapsulate(bytes, shared));
    }

    [Fact]
    public void Ciphertexts_are_opened_or_refused()
    {
        var key = new byte[32];
        var message = "twenty bytes of text"u8.ToArray();
        var synthetic = new byte[message.Length + SyntheticAead.Overhead];
        SyntheticAead.Seal(synthetic, message, [], key);
        foreach (var bytes in Mutations(synthetic, 5).Where(b => b.Length >= SyntheticAead.Overhead))
            Assert.Equal(bytes.AsSpan().SequenceEqual(synthetic), SyntheticAead.TryOpen(new byte[bytes.Length - SyntheticAead.Overhead], bytes, [], key));

        var header = new byte[SecretStreamWriter.HeaderSize];
        using var writer = SecretStreamWriter.Create(header, key, RandomSource.System);
        var pushed = new byte[message.Length + SecretStreamWriter.Overhead];
        writer.Push(pushed, message, [], SecretStreamTag.None);
        using var reader = SecretStreamReader.Create(header, key);
        foreach (var bytes in Mutations(pushed, 6).Where(b => b.Length >= SecretStreamWriter.Overhead && !b.AsSpan().SequenceEqual(pushed)))
            Assert.False(reader.TryPull(new byte[bytes.Length - SecretStreamWriter.Overhead], out _, bytes, []));
        Assert.True(reader.TryPull(new byte[message.Length], out _, pushed, []));
    }

    // one in five random, the rest changed, cut or lengthened copies of what is valid
    private static IEnumerable<byte[]> Mutations(byte[] valid, ulong seed)
    {
        var random = new SeededRandomForTestsOnly(seed);
        for (var i = 0; i < Inputs; i++)
        {
            var kind = random.Next(5);
            var length = kind == 1 ? (int)random.Next((uint)(2 * valid.Length)) : valid.Length;
            var bytes = new byte[length];
            if (kind == 0)
                random.Fill(bytes);
            else
                valid.AsSpan(0, Math.Min(length, valid.Length)).CopyTo(bytes);
            for (var flips = kind > 1 ? random.Next(4) : 0; flips > 0; flips--)
                bytes[random.Next((uint)length)] ^= (byte)(1 << (int)random.Next(8));
            yield return bytes;
        }
    }
}
