namespace Secrets.Protocol.Rooms;

/// <summary>What a message in a room is.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.6.</remarks>
public enum ContentKind
{
    /// <summary>A text.</summary>
    Text = 1,

    /// <summary>A text that answers a message.</summary>
    Reply = 2,

    /// <summary>A sign under a message.</summary>
    Reaction = 3,

    /// <summary>A file.</summary>
    File = 4,

    /// <summary>The sender has another name.</summary>
    Name = 5,
}
