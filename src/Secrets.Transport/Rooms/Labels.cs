namespace Secrets.Transport.Rooms;

/// <summary>The labels of what a relay sees of rooms; each has one use.</summary>
internal static class Labels
{
    /// <summary>Hash of a statement.</summary>
    public static ReadOnlySpan<byte> Statement => "secrets/1/room/statement"u8;

    /// <summary>Begins what the joining key signs of an opening.</summary>
    public static ReadOnlySpan<byte> Opening => "secrets/1/room/opening"u8;

    /// <summary>Begins what an owner key signs of a statement.</summary>
    public static ReadOnlySpan<byte> Owner => "secrets/1/room/owner"u8;

    /// <summary>Hash of an entry.</summary>
    public static ReadOnlySpan<byte> Entry => "secrets/1/room/entry"u8;

    /// <summary>Begins what the joining key signs of an entry.</summary>
    public static ReadOnlySpan<byte> EnterJoin => "secrets/1/room/enter-join"u8;

    /// <summary>Begins what the session key signs of an entry.</summary>
    public static ReadOnlySpan<byte> EnterSession => "secrets/1/room/enter-session"u8;
}
