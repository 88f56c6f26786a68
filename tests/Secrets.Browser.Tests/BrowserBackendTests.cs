using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Secrets.Browser.Crypto;
using Secrets.Crypto;
using Secrets.Crypto.MlKem;

namespace Secrets.Browser.Tests;

/// <summary>What only this backend does; all else of it is in the tests of Secrets.Crypto.</summary>
[SupportedOSPlatform("browser")]
public sealed partial class BrowserBackendTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_password_is_hashed_at_full_cost_in_a_worker_or_where_there_is_none_in_place(bool workers)
    {
        AllowWorkers(workers);
        try
        {
            using var key = await Argon2id.DeriveAsync("password"u8.ToArray(), new byte[16], Argon2idParameters.ForTestsOnly(64 * 1024, 3), 32, CancellationToken.None);
            var bytes = new byte[32];
            key.ExportForVault(bytes);
            Assert.Equal("D4F57E111A378A81E206EA41F765B3AA6645B3434D305B283FF5750473A25CE1", Convert.ToHexString(bytes));
        }
        finally
        {
            AllowWorkers(false);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Memory_that_cannot_be_had_is_an_error_of_its_own(bool workers)
    {
        AllowWorkers(workers);
        try
        {
            var backend = new BrowserBackend();
            var output = new byte[32];
            await Assert.ThrowsAsync<InsufficientMemoryException>(() => backend.Argon2idAsync(output, new byte[1], new byte[16], 1, int.MaxValue, CancellationToken.None).AsTask());
            Assert.Equal(new byte[32], output);
        }
        finally
        {
            AllowWorkers(false);
        }
    }

    [Fact]
    public void Keys_of_libsodium_are_the_managed_ones()
    {
        var seed = new byte[64];
        new SeededRandomForTestsOnly(6).Fill(seed);
        using var ours = new BrowserBackend().MlKem768Import(seed);
        using var managed = new ManagedMlKem768(seed);
        Assert.Equal(managed.ExportDecapsulationKey(), ours.ExportDecapsulationKey());
        ours.Encapsulate(out var ciphertext, out var shared);
        Assert.Equal(shared, managed.Decapsulate(ciphertext));
        ciphertext[0] ^= 1;
        Assert.Equal(managed.Decapsulate(ciphertext), ours.Decapsulate(ciphertext));
    }

    [Fact]
    public void The_systems_randomness_is_the_browsers()
    {
        var first = new byte[70_000]; // more than getRandomValues gives at once
        var second = new byte[70_000];
        RandomSource.System.Fill(first);
        RandomSource.System.Fill(second);
        Assert.NotEqual(first, second);
        Assert.InRange(first.Distinct().Count(), 256, 256);
        Assert.Contains(first.TakeLast(64), value => value != 0);
    }

    [Fact]
    public void A_message_longer_than_the_first_memory_is_sealed_and_opened_in_place()
    {
        var backend = new BrowserBackend();
        var message = new byte[3_000_000];
        new SeededRandomForTestsOnly(7).Fill(message);
        var bytes = message.ToArray();
        byte[] tag = new byte[16], nonce = new byte[24], key = new byte[32];
        backend.XSalsa20Poly1305Seal(bytes, tag, bytes, nonce, key);
        Assert.NotEqual(message, bytes);
        Assert.True(backend.XSalsa20Poly1305Open(bytes, bytes, tag, nonce, key));
        Assert.Equal(message, bytes);
    }

    [JSImport("allowWorkers", "tests")]
    private static partial void AllowWorkers(bool allowed);
}
