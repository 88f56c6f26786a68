using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>The long-term keys by which one side of a connection is known to the other.</summary>
/// <remarks>An Ed25519 key and the X25519 key on the same curve. Spec: docs/protocol/stack.md §3.1.</remarks>
public sealed class StackKeys : IDisposable
{
    private StackKeys(Ed25519PrivateKey signing)
    {
        Signing = signing;
        Agreement = signing.ConvertToX25519();
    }

    /// <summary>The public key: the name of this side.</summary>
    public Ed25519PublicKey PublicKey => Signing.PublicKey;

    internal Ed25519PrivateKey Signing { get; }

    internal X25519PrivateKey Agreement { get; }

    /// <summary>New random keys.</summary>
    public static StackKeys Generate(RandomSource random) => new(Ed25519PrivateKey.Generate(random));

    /// <summary>The keys of a 32-byte seed; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static StackKeys FromSeed(ReadOnlySpan<byte> seed) => new(Ed25519PrivateKey.FromSeed(seed));

    /// <summary>Copies the seed (32 bytes) out, for keeping it.</summary>
    public void ExportForVault(Span<byte> destination) => Signing.ExportForVault(destination);

    /// <summary>Wipes the keys.</summary>
    public void Dispose()
    {
        Agreement.Dispose();
        Signing.Dispose();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(StackKeys);
}
