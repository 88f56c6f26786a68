using System.Runtime.Versioning;
using Secrets.Crypto.MlKem;

namespace Secrets.Browser.Crypto;

/// <summary>ML-KEM-768 by libsodium.js.</summary>
/// <remarks>Its secret key has FIPS 203's expanded form. Spec: docs/protocol/primitives.md §3.5.</remarks>
[SupportedOSPlatform("browser")]
internal sealed class SodiumMlKem768 : ExpandedMlKem768
{
    /// <summary>The key of a seed of 64 bytes.</summary>
    public SodiumMlKem768(ReadOnlySpan<byte> seed) : base(seed) =>
        BrowserBackend.Check(Sodium.MlKem768KeyPair(Expanded, BrowserBackend.View(seed)));

    protected override void DecapsulateCore(ReadOnlySpan<byte> ciphertext, Span<byte> sharedSecret) =>
        BrowserBackend.Check(Sodium.MlKem768Decapsulate(sharedSecret, BrowserBackend.View(ciphertext), Expanded));
}
