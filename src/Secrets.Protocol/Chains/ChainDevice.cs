using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>A device of a participant, as its chain names it.</summary>
public sealed class ChainDevice
{
    internal ChainDevice(in Ed25519PublicKey key, in X25519PublicKey agreement, uint addedAt)
    {
        Key = key;
        Agreement = agreement;
        AddedAt = addedAt;
    }

    /// <summary>The key that signs links: the device's name in the chain.</summary>
    public Ed25519PublicKey Key { get; }

    /// <summary>The key <c>ik</c> of its key agreements.</summary>
    public X25519PublicKey Agreement { get; }

    /// <summary>Number of the link that added it: the lower, the more senior.</summary>
    public uint AddedAt { get; }
}
