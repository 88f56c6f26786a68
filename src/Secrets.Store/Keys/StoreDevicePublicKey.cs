using System.Diagnostics.CodeAnalysis;

namespace Secrets.Store;

/// <summary>The public half of a <see cref="StoreDeviceKey"/>: X25519 (32) ‖ ML-KEM-768 (1,184).</summary>
/// <remarks>Spec: docs/protocol/store.md §3.4.</remarks>
public sealed class StoreDevicePublicKey
{
    /// <summary>Size in bytes.</summary>
    public const int Size = SlotPublicKey.Size;

    internal StoreDevicePublicKey(SlotPublicKey key) => Key = key;

    internal SlotPublicKey Key { get; }

    /// <summary>Reads exactly 1,216 bytes; false for another length or a key that is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out StoreDevicePublicKey? key)
    {
        key = SlotPublicKey.TryRead(source, out var read) ? new StoreDevicePublicKey(read) : null;
        return key is not null;
    }

    /// <summary>Writes the 1,216 bytes.</summary>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void Write(Span<byte> destination)
    {
        if (destination.Length != Size)
            throw new ArgumentException("The key has 1,216 bytes.", nameof(destination));
        Key.Bytes.CopyTo(destination);
    }

    /// <summary>The name of the type: a key names a device.</summary>
    public override string ToString() => nameof(StoreDevicePublicKey);
}
