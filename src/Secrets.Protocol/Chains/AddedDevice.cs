using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>A device that may be added at one position of one chain: its public keys and its signature back.</summary>
/// <remarks>The new device makes it, an entitled key puts it into a link; so a link shows that the added key is held (possession).</remarks>
public sealed class AddedDevice
{
    internal AddedDevice(in Ed25519PublicKey key, in X25519PublicKey agreement, in Ed25519Signature backSignature)
    {
        Key = key;
        Agreement = agreement;
        BackSignature = backSignature;
    }

    /// <summary>The signing key that is added.</summary>
    public Ed25519PublicKey Key { get; }

    /// <summary>Its <c>ik</c>.</summary>
    public X25519PublicKey Agreement { get; }

    /// <summary>Signature of the added key over the position.</summary>
    public Ed25519Signature BackSignature { get; }
}
