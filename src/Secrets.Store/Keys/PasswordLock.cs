using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store;

/// <summary>Salt and cost with which a password becomes keys. 24 bytes: salt 16, memory in KiB u32, passes u32.</summary>
/// <remarks>Spec: docs/protocol/store.md §3.4.</remarks>
internal readonly struct PasswordLock
{
    /// <summary>Size in bytes.</summary>
    public const int Size = Argon2id.SaltSize + sizeof(uint) + sizeof(uint);

    private readonly Hash256 _salt;

    private PasswordLock(in Hash256 salt, int memoryKiB, int passes)
    {
        _salt = salt;
        MemoryKiB = memoryKiB;
        Passes = passes;
    }

    public int MemoryKiB { get; }

    public int Passes { get; }

    public static PasswordLock Generate(Argon2idParameters cost, RandomSource random)
    {
        Span<byte> salt = stackalloc byte[Hash256.Size];
        salt.Clear();
        random.Fill(salt[..Argon2id.SaltSize]);
        _ = Hash256.TryRead(salt, out var padded);
        return new PasswordLock(padded, cost.MemoryKiB, cost.Passes);
    }

    /// <summary>Reads the parameters; whether their cost is accepted is decided before they are used.</summary>
    public static StoreError TryRead(ref WireReader reader, out PasswordLock passwordLock)
    {
        passwordLock = default;
        if (!reader.TryReadFixed(Argon2id.SaltSize, out var salt) || !reader.TryReadUInt32(out var memory) || !reader.TryReadUInt32(out var passes))
            return StoreError.Damaged;
        if (memory > Argon2idParameters.MaximumMemoryKiB || passes > Argon2idParameters.MaximumPasses)
            return StoreError.CostRefused;
        Span<byte> padded = stackalloc byte[Hash256.Size];
        padded.Clear();
        salt.CopyTo(padded);
        _ = Hash256.TryRead(padded, out var hash);
        passwordLock = new PasswordLock(hash, (int)memory, (int)passes);
        return StoreError.None;
    }

    public void Write(ByteWriter writer)
    {
        writer.WriteFixed(_salt.Bytes[..Argon2id.SaltSize]);
        writer.WriteUInt32(MemoryKiB);
        writer.WriteUInt32(Passes);
    }

    /// <summary>Works the password off, which takes its time.</summary>
    /// <exception cref="StoreException">The cost is below the least that is accepted.</exception>
    public async ValueTask<PasswordKeys> DeriveAsync(ReadOnlyMemory<byte> password, StoreOptions options, CancellationToken cancellationToken)
    {
        if (!Argon2idParameters.TryCreate(MemoryKiB, Passes, out var cost))
        {
            if (!options.AcceptAnyCostForTestsOnly)
                throw new StoreException(StoreError.CostRefused);
            cost = Argon2idParameters.ForTestsOnly(MemoryKiB, Passes);
        }
        var salt = _salt.Bytes[..Argon2id.SaltSize].ToArray();
        var root = await Argon2id.DeriveAsync(password, salt, cost, StorageKey.Size, cancellationToken).ConfigureAwait(false);
        return new PasswordKeys(root);
    }
}
