using Secrets.Crypto;
using Secrets.Protocol.Chains;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <summary>What belongs to the identity as a whole: its name, β and the public half of its backup root.</summary>
internal static class Identity
{
    /// <summary>Puts a new identity into an empty store; the backup root's private half is sealed under the password alone.</summary>
    public static async ValueTask CreateAsync(IdentityStore store, string name, ReadOnlyMemory<byte> password, RandomSource random, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var root = Ed25519PrivateKey.Generate(random);
        using var sealedRoot = new SecretBuffer(Ed25519PrivateKey.SeedSize);
        root.ExportForVault(sealedRoot.Bytes);
        await store.SetBackupRootAsync(password, sealedRoot, cancellationToken).ConfigureAwait(false);
        using var recovery = SecretBuffer.Generate(RecoverySecret.Size, random);
        using var transaction = store.Begin();
        transaction.Assert(Schema.Self, Schema.Name, FactValue.Text(name));
        transaction.Assert(Schema.Self, Schema.Created, FactValue.Time(now));
        transaction.Assert(Schema.Self, Schema.BackupRoot, FactValue.Bytes(root.PublicKey.Bytes));
        transaction.Assert(Schema.Self, Schema.RecoverySecret, FactValue.Secret(recovery.Bytes));
        // taken into use again, from the slot, when the engine starts
        using var device = await DeviceSlot.CreateAsync(store, random, transaction, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True if an identity was made in this store to the end: its facts come in one commit.</summary>
    public static bool IsIn(IdentityStore store) => store.Facts.TryGet(Schema.Self, Schema.Created, out _);

    /// <summary>β, which makes the recovery key of each chat from the backup root.</summary>
    public static RecoverySecret OpenRecoverySecret(IdentityStore store)
    {
        SlotFormat.RequireFact(store.Facts.TryGet(Schema.Self, Schema.RecoverySecret, out var value));
        using var secret = value.OpenSecret();
        SlotFormat.RequireFact(secret is not null);
        return RecoverySecret.FromBytes(secret.Bytes);
    }

    /// <summary>R, the public half of the backup root.</summary>
    public static Ed25519PublicKey BackupRoot(IdentityStore store)
    {
        SlotFormat.RequireFact(store.Facts.TryGet(Schema.Self, Schema.BackupRoot, out var value));
        SlotFormat.RequireFact(Ed25519PublicKey.TryRead(value.AsBytes(), out var root));
        return root;
    }
}
