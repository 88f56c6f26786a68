namespace Secrets.Crypto;

/// <summary>The cost of Argon2id: memory in KiB and passes. <c>default</c> is refused by <see cref="Argon2id.DeriveAsync"/>.</summary>
/// <remarks>Spec: docs/protocol/primitives.md §4.9.</remarks>
public readonly struct Argon2idParameters : IEquatable<Argon2idParameters>
{
    /// <summary>Least memory that a password may be protected with: 64 MiB.</summary>
    public const int MinimumMemoryKiB = 64 * 1024;

    /// <summary>Most memory that is taken from a file: 2 GiB.</summary>
    public const int MaximumMemoryKiB = 2 * 1024 * 1024;

    /// <summary>Fewest passes that a password may be protected with.</summary>
    public const int MinimumPasses = 3;

    /// <summary>Most passes that are taken from a file.</summary>
    public const int MaximumPasses = 64;

    private Argon2idParameters(int memoryKiB, int passes)
    {
        MemoryKiB = memoryKiB;
        Passes = passes;
    }

    /// <summary>64 MiB and 3 passes: RFC 9106's second recommendation, with one lane.</summary>
    public static Argon2idParameters Standard { get; } = new(MinimumMemoryKiB, MinimumPasses);

    /// <summary>Memory in KiB.</summary>
    public int MemoryKiB { get; }

    /// <summary>Passes over the memory.</summary>
    public int Passes { get; }

    internal long MemoryBytes => MemoryKiB * 1024L;

    /// <summary>Takes parameters from a file; false below the least cost or above what one should be made to wait for.</summary>
    public static bool TryCreate(int memoryKiB, int passes, out Argon2idParameters parameters)
    {
        parameters = default;
        if (memoryKiB is < MinimumMemoryKiB or > MaximumMemoryKiB || passes is < MinimumPasses or > MaximumPasses)
            return false;
        parameters = new Argon2idParameters(memoryKiB, passes);
        return true;
    }

    /// <summary>A cheap setting, so that tests and published values of other sizes run.</summary>
    internal static Argon2idParameters ForTestsOnly(int memoryKiB, int passes) => new(memoryKiB, passes);

    /// <inheritdoc/>
    public bool Equals(Argon2idParameters other) => MemoryKiB == other.MemoryKiB && Passes == other.Passes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Argon2idParameters other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MemoryKiB, Passes);

    /// <summary>Equality.</summary>
    public static bool operator ==(Argon2idParameters left, Argon2idParameters right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(Argon2idParameters left, Argon2idParameters right) => !left.Equals(right);
}
