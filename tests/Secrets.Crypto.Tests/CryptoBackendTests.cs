namespace Secrets.Crypto.Tests;

public sealed class CryptoBackendTests
{
    [Fact]
    public void The_backend_cannot_be_changed_once_it_is_used()
    {
        var backend = CryptoBackend.Current;
        Assert.Throws<InvalidOperationException>(() => CryptoBackend.Use(backend));
        Assert.Same(backend, CryptoBackend.Current);
    }

    [Fact]
    public async Task The_password_hash_can_be_given_up_before_it_starts()
    {
        var task = Argon2id.DeriveAsync(new byte[8], new byte[16], Argon2idParameters.ForTestsOnly(64, 1), 32, new CancellationToken(canceled: true)).AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }
}
