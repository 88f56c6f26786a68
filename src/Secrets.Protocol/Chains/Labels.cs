namespace Secrets.Protocol.Chains;

/// <summary>The labels of this layer; each has one use.</summary>
internal static class Labels
{
    /// <summary>Hash of a first link: the participant id.</summary>
    public static ReadOnlySpan<byte> FirstLink => "secrets/1/chain/first"u8;

    /// <summary>Hash of a later link.</summary>
    public static ReadOnlySpan<byte> Link => "secrets/1/chain/link"u8;

    /// <summary>What a key that is added signs back.</summary>
    public static ReadOnlySpan<byte> Added => "secrets/1/chain/added"u8;

    /// <summary>Prefix of a signature over the hash of a first link.</summary>
    public static ReadOnlySpan<byte> SignFirst => "secrets/1/chain/sign-first"u8;

    /// <summary>Prefix of a signature over the hash of a later link.</summary>
    public static ReadOnlySpan<byte> SignLink => "secrets/1/chain/sign-link"u8;

    /// <summary>Prefix of a signature of an added key.</summary>
    public static ReadOnlySpan<byte> SignAdded => "secrets/1/chain/sign-added"u8;

    /// <summary>Blinding factor of the recovery key of one chain.</summary>
    public static ReadOnlySpan<byte> Recovery => "secrets/1/recovery"u8;
}
