using Secrets.Crypto;

namespace Secrets.Protocol.Chains;

/// <summary>The private keys of one device in one chat: Ed25519 for links, X25519 (<c>ik</c>) for key agreements.</summary>
/// <remarks>Made fresh for every chat and never restored from a copy (decision 4). Spec: docs/protocol/chains.md §2.</remarks>
public sealed class DeviceKeys : IDisposable
{
    /// <summary>Size of the exported keys: Ed25519 seed ‖ X25519 scalar.</summary>
    public const int Size = Ed25519PrivateKey.SeedSize + X25519PrivateKey.Size;

    private DeviceKeys(Ed25519PrivateKey signing, X25519PrivateKey agreement)
    {
        Signing = signing;
        Agreement = agreement;
    }

    /// <summary>The key that signs links; owned by this object.</summary>
    public Ed25519PrivateKey Signing { get; }

    /// <summary>The key <c>ik</c> of key agreements; owned by this object.</summary>
    public X25519PrivateKey Agreement { get; }

    /// <summary>New random keys.</summary>
    public static DeviceKeys Generate(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new DeviceKeys(Ed25519PrivateKey.Generate(random), X25519PrivateKey.Generate(random));
    }

    /// <summary>The keys that <see cref="ExportForVault"/> gave; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 64 bytes.</exception>
    public static DeviceKeys FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("Device keys have 64 bytes.", nameof(bytes));
        return new DeviceKeys(
            Ed25519PrivateKey.FromSeed(bytes[..Ed25519PrivateKey.SeedSize]),
            X25519PrivateKey.FromBytes(bytes[Ed25519PrivateKey.SeedSize..]));
    }

    /// <summary>Copies both keys (64 bytes) out, for the slot area of a store; nowhere else.</summary>
    public void ExportForVault(Span<byte> destination)
    {
        if (destination.Length != Size)
            throw new ArgumentException("Device keys have 64 bytes.", nameof(destination));
        Signing.ExportForVault(destination[..Ed25519PrivateKey.SeedSize]);
        Agreement.ExportForVault(destination[Ed25519PrivateKey.SeedSize..]);
    }

    /// <summary>Wipes both keys.</summary>
    public void Dispose()
    {
        Signing.Dispose();
        Agreement.Dispose();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(DeviceKeys);
}
