using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>The keys that follow from a password: for the storage key, for the backup root, for a file. None gives another.</summary>
internal sealed class PasswordKeys : IDisposable
{
    private readonly SecretBuffer _root;

    public PasswordKeys(SecretBuffer root) => _root = root;

    public SecretBuffer Derive(ReadOnlySpan<byte> label)
    {
        var key = new SecretBuffer(StorageKey.Size);
        Hkdf.ExpandSha256(key.Bytes, _root.Bytes, label);
        return key;
    }

    public void Dispose() => _root.Dispose();
}
