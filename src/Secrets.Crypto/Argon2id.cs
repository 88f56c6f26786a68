namespace Secrets.Crypto;

/// <summary>Argon2id, version 1.3, one lane: makes a key from a password.</summary>
/// <remarks>RFC 9106. Salt 16 bytes. Spec: docs/protocol/primitives.md §4.9. The only asynchronous primitive, as it takes tenths of a second.</remarks>
public static class Argon2id
{
    /// <summary>Salt size in bytes.</summary>
    public const int SaltSize = 16;

    /// <summary>Derives a secret of <paramref name="size"/> bytes (16 to 64); the caller owns and wipes it and the password.</summary>
    /// <exception cref="ArgumentException">Salt, size or cost is wrong.</exception>
    /// <exception cref="InsufficientMemoryException">The memory can't be had.</exception>
    public static async ValueTask<SecretBuffer> DeriveAsync(ReadOnlyMemory<byte> password, ReadOnlyMemory<byte> salt, Argon2idParameters parameters, int size, CancellationToken cancellationToken)
    {
        if (salt.Length != SaltSize)
            throw new ArgumentException("An Argon2id salt has 16 bytes.", nameof(salt));
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 64);
        if (parameters == default)
            throw new ArgumentException("The cost was not set.", nameof(parameters));
        var key = new SecretBuffer(size);
        try
        {
            await CryptoBackend.Current.Argon2idAsync(key.Memory, password, salt, parameters.Passes, parameters.MemoryBytes, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            key.Dispose();
            throw;
        }
        return key;
    }
}
