namespace Secrets.Transport.Boxes;

/// <summary>The labels of this layer; each has one use.</summary>
internal static class Labels
{
    /// <summary>Begins the context of every box's derivation.</summary>
    public static ReadOnlySpan<byte> Box => "secrets/1/box"u8;

    /// <summary>Hash of a bell.</summary>
    public static ReadOnlySpan<byte> Bell => "secrets/1/bell"u8;

    /// <summary>Begins what is signed of a bell.</summary>
    public static ReadOnlySpan<byte> BellSignature => "secrets/1/bell-signature"u8;

    /// <summary>Hash of a relay's manifest, and what is signed of it.</summary>
    public static ReadOnlySpan<byte> Manifest => "secrets/1/manifest"u8;

    /// <summary>Hash of a sealed payload that a reader expects to find again at another relay.</summary>
    public static ReadOnlySpan<byte> Witness => "secrets/1/witness"u8;

    /// <summary>Hashed, the key of the network.</summary>
    public static ReadOnlySpan<byte> AppKey => "secrets/1/app-key"u8;
}
