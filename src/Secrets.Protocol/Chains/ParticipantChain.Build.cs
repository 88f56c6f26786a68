using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <content>What the owner of a chain makes. Nothing here changes the chain: the new link goes through TryAppend like any other.</content>
public sealed partial class ParticipantChain
{
    /// <summary>Starts a chain for a new chat, with this device as the first and the identity's backup root, blinded, as the recovery key.</summary>
    public static ParticipantChain Create(DeviceKeys device, in Ed25519PublicKey backupRoot, RecoverySecret recovery, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(recovery);
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> chainRandom = stackalloc byte[FirstLink.RandomSize];
        random.Fill(chainRandom);
        return new ParticipantChain(FirstLink.Create(device, recovery.DeriveRecoveryKey(backupRoot, chainRandom), chainRandom));
    }

    /// <summary>The new device's half of being added at the end of this chain by that signer.</summary>
    public AddedDevice AcceptAdding(DeviceKeys added, in Ed25519PublicKey signer)
    {
        ArgumentNullException.ThrowIfNull(added);
        var hash = LinkOperation.AddedHash(Id, Head.Sequence + 1, Head.Hash, signer, LinkOperationKind.AddDevice,
            added.Signing.PublicKey.Bytes, added.Agreement.PublicKey.Bytes);
        return new AddedDevice(added.Signing.PublicKey, added.Agreement.PublicKey, LinkSignature.Sign(Labels.SignAdded, hash, added.Signing));
    }

    /// <summary>The link by which a device of this chain adds another.</summary>
    public Link BuildAddDevice(DeviceKeys signer, AddedDevice added)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(added);
        return Build(signer, [LinkOperation.AddDevice(added)]);
    }

    /// <summary>The link by which a device of this chain revokes one, itself included.</summary>
    public Link BuildRevoke(DeviceKeys signer, in Ed25519PublicKey revoked)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return Build(signer, [LinkOperation.Revoke(revoked)]);
    }

    /// <summary>
    /// The one link by which a copy finds its way back: the new device joins, the source leaves, the recovery key is replaced
    /// (decision 4). Signed by the backup root that the password or the paper opens.
    /// </summary>
    /// <param name="backupRoot">The root whose blinded key is <see cref="RecoveryKey"/>.</param>
    /// <param name="recovery">β of the identity.</param>
    /// <param name="added">Keys of the device that imports.</param>
    /// <param name="revoked">The devices that leave: the source of the copy; all of them if it is not known. Those that left before are passed over.</param>
    /// <param name="newBackupRoot">The root that takes the place of the old one.</param>
    /// <param name="newRecovery">β of the new root; null to keep β.</param>
    /// <exception cref="CryptographicException">The backup root is not the one this chain names.</exception>
    public Link BuildRestore(Ed25519PrivateKey backupRoot, RecoverySecret recovery, DeviceKeys added, IReadOnlyList<Ed25519PublicKey> revoked,
        Ed25519PrivateKey newBackupRoot, RecoverySecret? newRecovery = null)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(revoked);
        using var signer = recovery.DeriveSigningKey(backupRoot, First.Random);
        if (signer.PublicKey != RecoveryKey)
            throw new CryptographicException("The backup root is not the one that this chain names.");
        var operations = new List<LinkOperation> { LinkOperation.AddDevice(AcceptAdding(added, signer.PublicKey)) };
        return BuildAsRecovery(signer, operations, revoked, newBackupRoot, newRecovery ?? recovery);
    }

    /// <summary>The link by which the backup root revokes devices: nothing beats it in a fork. Replaces the root, as each use does.</summary>
    /// <exception cref="CryptographicException">The backup root is not the one this chain names.</exception>
    public Link BuildRevokeAsRecovery(Ed25519PrivateKey backupRoot, RecoverySecret recovery, IReadOnlyList<Ed25519PublicKey> revoked,
        Ed25519PrivateKey newBackupRoot, RecoverySecret? newRecovery = null)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        ArgumentNullException.ThrowIfNull(revoked);
        using var signer = recovery.DeriveSigningKey(backupRoot, First.Random);
        if (signer.PublicKey != RecoveryKey)
            throw new CryptographicException("The backup root is not the one that this chain names.");
        return BuildAsRecovery(signer, [], revoked, newBackupRoot, newRecovery ?? recovery);
    }

    internal Link BuildForTestsOnly(DeviceKeys signer, params LinkOperation[] operations) => Build(signer, operations);

    private Link BuildAsRecovery(BlindedSigningKey signer, List<LinkOperation> operations, IReadOnlyList<Ed25519PublicKey> revoked,
        Ed25519PrivateKey newBackupRoot, RecoverySecret newRecovery)
    {
        foreach (var device in revoked.Where(IsCurrentDevice))
            operations.Add(LinkOperation.Revoke(device));
        using var successor = newRecovery.DeriveSigningKey(newBackupRoot, First.Random);
        var hash = LinkOperation.AddedHash(Id, Head.Sequence + 1, Head.Hash, signer.PublicKey, LinkOperationKind.ReplaceRecovery, successor.PublicKey.Bytes, []);
        operations.Add(LinkOperation.ReplaceRecovery(successor.PublicKey, LinkSignature.Sign(Labels.SignAdded, hash, successor)));
        return Link.Create(Id, Head, operations, signer.PublicKey, h => LinkSignature.Sign(Labels.SignLink, h, signer));
    }

    private Link Build(DeviceKeys signer, IReadOnlyList<LinkOperation> operations) =>
        Link.Create(Id, Head, operations, signer.Signing.PublicKey, h => LinkSignature.Sign(Labels.SignLink, h, signer.Signing));
}
