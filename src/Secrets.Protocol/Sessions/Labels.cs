namespace Secrets.Protocol.Sessions;

/// <summary>Every label of this layer: one label, one use.</summary>
/// <remarks>Spec: docs/protocol/sessions.md §2.</remarks>
internal static class Labels
{
    public static ReadOnlySpan<byte> Offer => "secrets/1/offer"u8;

    public static ReadOnlySpan<byte> SecretId => "secrets/1/id"u8;

    public static ReadOnlySpan<byte> Text => "secrets/1/text"u8;

    public static ReadOnlySpan<byte> Meet => "secrets/1/meet"u8;

    public static ReadOnlySpan<byte> MeetOffer => "offer"u8;

    public static ReadOnlySpan<byte> MeetAnswer => "answer"u8;

    public static ReadOnlySpan<byte> MeetAnswerOf => "answer/"u8;

    public static ReadOnlySpan<byte> Transcript1 => "secrets/1/th1"u8;

    public static ReadOnlySpan<byte> Transcript2 => "secrets/1/th2"u8;

    public static ReadOnlySpan<byte> Answer => "secrets/1/answer"u8;

    public static ReadOnlySpan<byte> Session => "secrets/1/session"u8;

    public static ReadOnlySpan<byte> Chat => "secrets/1/chat"u8;

    public static ReadOnlySpan<byte> Step => "secrets/1/step"u8;

    public static ReadOnlySpan<byte> Root => "secrets/1/root"u8;

    public static ReadOnlySpan<byte> Body => "secrets/1/body"u8;

    public static ReadOnlySpan<byte> Header => "secrets/1/hdr"u8;

    public static ReadOnlySpan<byte> Also => "secrets/1/also"u8;

    public static ReadOnlySpan<byte> Safety => "secrets/1/safety"u8;
}
