namespace Secrets.Crypto;

/// <summary>The labels of this layer: one label, one use.</summary>
internal static class Labels
{
    /// <summary>The encryption key of <see cref="SyntheticAead"/>.</summary>
    public static ReadOnlySpan<byte> SyntheticEncryption => "secrets/1/x"u8;

    /// <summary>The nonce key of <see cref="SyntheticAead"/>.</summary>
    public static ReadOnlySpan<byte> SyntheticNonce => "secrets/1/n"u8;
}
