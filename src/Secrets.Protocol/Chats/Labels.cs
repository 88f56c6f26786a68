namespace Secrets.Protocol.Chats;

/// <summary>The labels of this layer; each has one use.</summary>
internal static class Labels
{
    /// <summary>Hash of a content message, which the next one in the channel names.</summary>
    public static ReadOnlySpan<byte> Content => "secrets/1/content"u8;

    /// <summary>Name of a channel between those who know its read capability.</summary>
    public static ReadOnlySpan<byte> Channel => "secrets/1/channel"u8;

    /// <summary>Blinded head: BLAKE2b-64 keyed with the named message's secret.</summary>
    public static ReadOnlySpan<byte> Head => "head"u8;

    /// <summary>Blinded reply: BLAKE2b-128 keyed with the named message's secret.</summary>
    public static ReadOnlySpan<byte> Reply => "re"u8;

    /// <summary>Associated data of a chunk of an attachment.</summary>
    public static ReadOnlySpan<byte> Attachment => "secrets/1/attachment"u8;
}
