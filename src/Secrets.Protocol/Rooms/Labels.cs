namespace Secrets.Protocol.Rooms;

/// <summary>Every label of a room's inside: one label, one use.</summary>
/// <remarks>Spec: docs/protocol/rooms.md §2, §3.</remarks>
internal static class Labels
{
    public static ReadOnlySpan<byte> Room => "secrets/1/room"u8;

    public static ReadOnlySpan<byte> Check => "secrets/1/room/check"u8;

    public static ReadOnlySpan<byte> Words => "secrets/1/room-words"u8;

    public static ReadOnlySpan<byte> JoiningSeed => "join"u8;

    public static ReadOnlySpan<byte> RoomKey => "room"u8;

    public static ReadOnlySpan<byte> Join => "secrets/1/room/join"u8;

    public static ReadOnlySpan<byte> Pair => "secrets/1/room/pair"u8;

    public static ReadOnlySpan<byte> Private => "secrets/1/room/private"u8;

    public static ReadOnlySpan<byte> Message => "secrets/1/room/message"u8;

    public static ReadOnlySpan<byte> Chain => "secrets/1/room/chain"u8;

    public static ReadOnlySpan<byte> Id => "secrets/1/room/id"u8;

    public static ReadOnlySpan<byte> SignJoin => "secrets/1/room/sign-join"u8;

    public static ReadOnlySpan<byte> SignPrivate => "secrets/1/room/sign-private"u8;

    public static ReadOnlySpan<byte> SignMessage => "secrets/1/room/sign-message"u8;

    public static ReadOnlySpan<byte> SignSign => "secrets/1/room/sign-sign"u8;
}
