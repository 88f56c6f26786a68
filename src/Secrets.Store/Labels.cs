namespace Secrets.Store;

/// <summary>Every label of this layer: one label, one use.</summary>
internal static class Labels
{
    // names of nodes
    public static ReadOnlySpan<byte> Commit => "secrets/v1/store/commit"u8;
    public static ReadOnlySpan<byte> Leaf => "secrets/v1/store/leaf"u8;
    public static ReadOnlySpan<byte> Chunk => "secrets/v1/store/chunk"u8;

    // what a device signs
    public static ReadOnlySpan<byte> CommitSignature => "secrets/v1/store/commit-signature"u8;

    // keys from the storage key
    public static ReadOnlySpan<byte> BlobKey => "secrets/v1/store/blob-key"u8;
    public static ReadOnlySpan<byte> BlobNonceKey => "secrets/v1/store/blob-nonce-key"u8;
    public static ReadOnlySpan<byte> NameKey => "secrets/v1/store/name-key"u8;
    public static ReadOnlySpan<byte> RecordKey => "secrets/v1/store/record-key"u8;
    public static ReadOnlySpan<byte> RecordMacKey => "secrets/v1/store/record-mac-key"u8;
    public static ReadOnlySpan<byte> HeaderKey => "secrets/v1/store/header-key"u8;
    public static ReadOnlySpan<byte> KeySlotsMacKey => "secrets/v1/store/key-slots-mac-key"u8;

    // keys from the slot key in the header
    public static ReadOnlySpan<byte> SlotTableKey => "secrets/v1/store/slot-table-key"u8;

    // keys from a password
    public static ReadOnlySpan<byte> PasswordSlotKey => "secrets/v1/store/password-slot-key"u8;
    public static ReadOnlySpan<byte> BackupRootKey => "secrets/v1/store/backup-root-key"u8;
    public static ReadOnlySpan<byte> ExportKey => "secrets/v1/store/export-key"u8;

    // associated data and hashes
    public static ReadOnlySpan<byte> SlotId => "secrets/v1/store/slot-id"u8;
    public static ReadOnlySpan<byte> Slot => "secrets/v1/store/slot"u8;
    public static ReadOnlySpan<byte> SlotTable => "secrets/v1/store/slot-table"u8;
    public static ReadOnlySpan<byte> SlotVersions => "secrets/v1/store/slot-versions"u8;
    public static ReadOnlySpan<byte> Record => "secrets/v1/store/record"u8;
    public static ReadOnlySpan<byte> Header => "secrets/v1/store/header"u8;
    public static ReadOnlySpan<byte> PasswordSlot => "secrets/v1/store/password-slot"u8;
    public static ReadOnlySpan<byte> BackupRoot => "secrets/v1/store/backup-root"u8;
    public static ReadOnlySpan<byte> Export => "secrets/v1/store/export"u8;
    public static ReadOnlySpan<byte> ExportSegment => "secrets/v1/store/export-segment"u8;
}
