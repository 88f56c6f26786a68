using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>Where a slot's current version lies and the key that only it is sealed with.</summary>
internal sealed class SlotEntry : IDisposable
{
    public SlotEntry(SlotId id, ulong version, SecretBuffer? key, long offset, int length)
    {
        Id = id;
        Version = version;
        Key = key;
        Offset = offset;
        Length = length;
    }

    public SlotId Id { get; }

    /// <summary>Drawn from one counter for all slots, so that no slot has one version twice.</summary>
    public ulong Version { get; }

    /// <summary>The key of this version; null if the slot was erased.</summary>
    public SecretBuffer? Key { get; }

    /// <summary>Offset of the sealed bytes in the log.</summary>
    public long Offset { get; }

    /// <summary>Length of the sealed bytes.</summary>
    public int Length { get; }

    public void Dispose() => Key?.Dispose();
}
