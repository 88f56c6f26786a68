using Secrets.Crypto;

namespace Secrets.Store;

/// <summary>The 256-bit key of a store, from which all its other keys follow.</summary>
/// <remarks>Each derived key is HKDF-Expand(storage key, label ‖ store id). Replaced with the password. Spec: docs/protocol/store.md §3.3.</remarks>
internal sealed class StorageKey : IDisposable
{
    public const int Size = 32;

    private readonly SecretBuffer _key;
    private readonly Hash256 _storeId;

    public StorageKey(SecretBuffer key, in Hash256 storeId)
    {
        _key = key;
        _storeId = storeId;
    }

    public ReadOnlySpan<byte> Bytes => _key.Bytes;

    public static StorageKey Generate(RandomSource random, in Hash256 storeId) => new(SecretBuffer.Generate(Size, random), storeId);

    public SecretBuffer Derive(ReadOnlySpan<byte> label, int size) => Derive(_key.Bytes, label, _storeId, size);

    /// <summary>The same derivation from another 32-byte key.</summary>
    public static SecretBuffer Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, in Hash256 context, int size)
    {
        Span<byte> info = stackalloc byte[label.Length + Hash256.Size];
        label.CopyTo(info);
        context.Bytes.CopyTo(info[label.Length..]);
        var derived = new SecretBuffer(size);
        Hkdf.ExpandSha256(derived.Bytes, key, info);
        return derived;
    }

    public void Dispose() => _key.Dispose();
}
