namespace Secrets.Store;

/// <summary>Every label of this layer: one label, one use.</summary>
internal static class Labels
{
    // names of nodes
    public static ReadOnlySpan<byte> Commit => "secrets/1/store/commit"u8;
    public static ReadOnlySpan<byte> Leaf => "secrets/1/store/leaf"u8;
    public static ReadOnlySpan<byte> Chunk => "secrets/1/store/chunk"u8;
    public static ReadOnlySpan<byte> Remnant => "secrets/1/store/remnant"u8;

    // what a device signs
    public static ReadOnlySpan<byte> CommitSignature => "secrets/1/store/commit-signature"u8;

    // keys from the storage key
    public static ReadOnlySpan<byte> BlobKey => "secrets/1/store/blob-key"u8;
    public static ReadOnlySpan<byte> BlobNonceKey => "secrets/1/store/blob-nonce-key"u8;
    public static ReadOnlySpan<byte> NameKey => "secrets/1/store/name-key"u8;
    public static ReadOnlySpan<byte> RecordKey => "secrets/1/store/record-key"u8;
    public static ReadOnlySpan<byte> RecordMacKey => "secrets/1/store/record-mac-key"u8;
    public static ReadOnlySpan<byte> HeaderKey => "secrets/1/store/header-key"u8;
    public static ReadOnlySpan<byte> KeySlotsMacKey => "secrets/1/store/key-slots-mac-key"u8;
    public static ReadOnlySpan<byte> DataKeyKey => "secrets/1/store/data-key-key"u8;

    // keys from the slot key in the header
    public static ReadOnlySpan<byte> SlotTableKey => "secrets/1/store/slot-table-key"u8;

    // keys from a password
    public static ReadOnlySpan<byte> PasswordSlotKey => "secrets/1/store/password-slot-key"u8;
    public static ReadOnlySpan<byte> BackupRootKey => "secrets/1/store/backup-root-key"u8;
    public static ReadOnlySpan<byte> ExportCheckKey => "secrets/1/store/export-check-key"u8;
    public static ReadOnlySpan<byte> ExportKey => "secrets/1/store/export-key"u8;

    // keys from a recovery or device key, and of the slots sealed to them
    public static ReadOnlySpan<byte> RecoveryKeyPair => "secrets/1/store/recovery-key-pair"u8;
    public static ReadOnlySpan<byte> DeviceKeyPair => "secrets/1/store/device-key-pair"u8;
    public static ReadOnlySpan<byte> KeySlotKey => "secrets/1/store/key-slot-key"u8;

    // associated data and hashes
    public static ReadOnlySpan<byte> KeySlot => "secrets/1/store/key-slot"u8;
    public static ReadOnlySpan<byte> KeySlotId => "secrets/1/store/key-slot-id"u8;
    public static ReadOnlySpan<byte> SlotId => "secrets/1/store/slot-id"u8;
    public static ReadOnlySpan<byte> Slot => "secrets/1/store/slot"u8;
    public static ReadOnlySpan<byte> SlotTable => "secrets/1/store/slot-table"u8;
    public static ReadOnlySpan<byte> SlotVersions => "secrets/1/store/slot-versions"u8;
    public static ReadOnlySpan<byte> Record => "secrets/1/store/record"u8;
    public static ReadOnlySpan<byte> Header => "secrets/1/store/header"u8;
    public static ReadOnlySpan<byte> PasswordSlot => "secrets/1/store/password-slot"u8;
    public static ReadOnlySpan<byte> BackupRoot => "secrets/1/store/backup-root"u8;
    public static ReadOnlySpan<byte> DataKey => "secrets/1/store/data-key"u8;
    public static ReadOnlySpan<byte> ExportSegment => "secrets/1/store/export-segment"u8;
}
