namespace Secrets.Transport.Rooms;

/// <summary>Whether somebody is there.</summary>
/// <remarks>Numbers are permanent. Spec: docs/protocol/rooms.md §3.4.</remarks>
public enum Presence
{
    /// <summary>Connected.</summary>
    Here = 1,

    /// <summary>The connection was lost; may come back for a minute.</summary>
    Away = 2,

    /// <summary>Gone.</summary>
    Left = 3,
}
