namespace Secrets.Client.Engine;

/// <summary>The labels of the engine; each has one use.</summary>
internal static class Labels
{
    /// <summary>Names a meeting place in the engine's cache of keys.</summary>
    public static ReadOnlySpan<byte> MeetingPlace => "secrets/1/client/meeting"u8;
}
