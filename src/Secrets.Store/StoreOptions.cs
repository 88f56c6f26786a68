using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Choices at creating and opening a store.</summary>
public sealed record StoreOptions
{
    /// <summary>The choices that fit nearly everybody.</summary>
    public static StoreOptions Default { get; } = new();

    /// <summary>What a new password's protection costs: 64 MiB and 3 passes.</summary>
    public Argon2idParameters PasswordCost { get; init; } = Argon2idParameters.Standard;

    /// <summary>How long the key that slots hang on is kept at most: a day.</summary>
    public TimeSpan PurgeInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Opens for reading what is left where something is damaged; else that is an error.</summary>
    public bool ReadOnlyIfDamaged { get; init; } = true;

    /// <summary>Opens a retired store for reading, so that its export can be repeated; else that is an error.</summary>
    public bool OpenRetired { get; init; }

    /// <summary>How many bytes must have come to the log before its blobs are moved into packs.</summary>
    internal long PackThreshold { get; init; } = 8 * 1024 * 1024;

    /// <summary>Accepts cheap password protection, so that tests run fast.</summary>
    internal bool AcceptAnyCostForTestsOnly { get; init; }
}
