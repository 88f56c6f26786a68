using Secrets.Crypto;

namespace Secrets.Client.Hosting;

/// <summary>What a host needs to go on where another of the same place stopped: which identity was open, and its storage key. Owned by whoever asked for it.</summary>
/// <remarks>For tabs of one browser: when the one that holds the core is closed, the next opens the identity without asking for the password again.</remarks>
public sealed class HandOver : IDisposable
{
    /// <summary>Takes the key over.</summary>
    public HandOver(string id, SecretBuffer key)
    {
        Id = id;
        Key = key;
    }

    /// <summary>The identity's id in this place.</summary>
    public string Id { get; }

    /// <summary>Its storage key: 32 bytes.</summary>
    public SecretBuffer Key { get; }

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}
