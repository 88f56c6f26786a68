namespace Secrets.Client.Rooms;

/// <summary>Somebody else in the call of a room.</summary>
public sealed record RoomCallPartyView
{
    /// <summary>The session.</summary>
    public required string Session { get; init; }

    /// <summary>What the person calls itself.</summary>
    public required string Name { get; init; }

    /// <summary>True if the connection to them stands.</summary>
    public required bool Connected { get; init; }

    /// <summary>True if somebody else was at the other end of the connection: it was ended, and in this call there is no other one.</summary>
    public bool Distrusted { get; init; }

    /// <summary>Four words for the two people to compare, others with everybody; null until they are fixed.</summary>
    public string? Words { get; init; }

    /// <summary>True if their microphone is off.</summary>
    public bool MicrophoneOff { get; init; }

    /// <summary>True if their camera is on.</summary>
    public bool CameraOn { get; init; }

    /// <summary>True if they show their screen.</summary>
    public bool ScreenShown { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(RoomCallPartyView);
}
