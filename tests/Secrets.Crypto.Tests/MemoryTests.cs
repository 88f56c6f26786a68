using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Secrets.Crypto.Tests;

/// <summary>E-28: after keys were used and disposed of, this process' memory is searched for their bytes.</summary>
public sealed class MemoryTests
{
    private const byte Mask = 0xa5;

    [Fact]
    public void A_key_that_was_used_and_disposed_of_is_not_found_in_memory()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Memory is read through /proc.");

        // control: the search finds what is still there
        using var alive = new SecretBuffer(32);
        FillMasked(alive.Bytes, 1);
        Unmask(alive.Bytes);
        Assert.NotEqual(0, CountInMemory(MaskedPattern(1)));
        alive.Dispose();

        UseKeys();
        GC.Collect();
        Assert.Equal(0, CountInMemory(MaskedPattern(1)));
        Assert.Equal(0, CountInMemory(MaskedPattern(2)));
        Assert.Equal(0, CountInMemory(MaskedPattern(3)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseKeys()
    {
        Span<byte> seed = stackalloc byte[32];
        Fill(seed, 1);
        using (var key = Ed25519PrivateKey.FromSeed(seed))
        {
            _ = key.Sign("message"u8);
            using var factor = BlindingFactor.Derive("factor"u8);
            using var blinded = key.Blind(factor);
            _ = blinded.Sign("message"u8);
            key.ConvertToX25519().Dispose();
        }
        Fill(seed, 2);
        using (var key = X25519PrivateKey.FromBytes(seed))
            Assert.True(key.TryAgree(key.PublicKey, new byte[32]));
        using (var hash = LabelledHash.Start("label"u8).Add(new byte[200]).Add(seed).Add(new byte[2000]))
            _ = hash.Finish();
        Fill(seed, 3);
        Span<byte> output = stackalloc byte[96];
        var message = new byte[100];
        Hkdf.DeriveBlake2b(output, seed, [], []);
        Hkdf.DeriveSha256(output, seed, seed, []);
        Hmac.Sha256(output[..32], seed, seed);
        SyntheticAead.Seal(new byte[140], message, [], seed);
        CryptographicOperations.ZeroMemory(seed);
    }

    private static void Fill(Span<byte> destination, int number)
    {
        FillMasked(destination, number);
        Unmask(destination);
    }

    private static byte[] MaskedPattern(int number)
    {
        var pattern = new byte[32];
        FillMasked(pattern, number);
        return pattern;
    }

    // the pattern itself must be nowhere but in the keys, so it is kept masked
    private static void FillMasked(Span<byte> destination, int number)
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] = (byte)(((i * 37) + (number * 101) + 11) % 256);
    }

    private static void Unmask(Span<byte> bytes)
    {
        foreach (ref var b in bytes)
            b ^= Mask;
    }

    private static int CountInMemory(byte[] masked)
    {
        var count = 0;
        var first = (byte)(masked[0] ^ Mask);
        using var memory = new FileStream("/proc/self/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var chunk = GC.AllocateUninitializedArray<byte>(1 << 20, pinned: true);
        foreach (var line in File.ReadAllLines("/proc/self/maps").Where(l => l.Contains(" rw-p ", StringComparison.Ordinal)))
        {
            var range = line[..line.IndexOf(' ', StringComparison.Ordinal)].Split('-');
            var start = long.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var end = long.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            for (var at = start; at < end; at += chunk.Length - masked.Length)
                count += CountInChunk(memory, at, chunk.AsSpan(0, (int)Math.Min(chunk.Length, end - at)), masked, first);
            chunk.AsSpan().Clear();
        }
        return count;
    }

    private static int CountInChunk(FileStream memory, long at, Span<byte> chunk, byte[] masked, byte first)
    {
        var count = 0;
        try
        {
            memory.Position = at;
            chunk = chunk[..memory.Read(chunk)];
        }
        catch (IOException)
        {
            return 0; // a guard page
        }
        for (var i = chunk.IndexOf(first); i >= 0 && i + masked.Length <= chunk.Length;)
        {
            var equal = true;
            for (var j = 0; j < masked.Length && equal; j++)
                equal = (chunk[i + j] ^ Mask) == masked[j];
            if (equal)
                count++;
            var next = chunk[(i + 1)..].IndexOf(first);
            i = next < 0 ? -1 : i + 1 + next;
        }
        chunk.Clear();
        return count;
    }
}
