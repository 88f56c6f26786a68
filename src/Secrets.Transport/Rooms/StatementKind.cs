namespace Secrets.Transport.Rooms;

/// <summary>What an owner decides.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.2.</remarks>
public enum StatementKind
{
    /// <summary>Opens the room.</summary>
    Opening = 1,

    /// <summary>Nobody new enters.</summary>
    Lock = 2,

    /// <summary>New ones may enter again.</summary>
    Unlock = 3,

    /// <summary>A session must go.</summary>
    Remove = 4,

    /// <summary>The room has another owner.</summary>
    HandOver = 5,

    /// <summary>The room ends.</summary>
    Close = 6,
}
