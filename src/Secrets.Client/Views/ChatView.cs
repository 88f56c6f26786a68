namespace Secrets.Client.Views;

/// <summary>A chat as a person sees it, at one moment.</summary>
public sealed record ChatView
{
    /// <summary>The chat's id on this device.</summary>
    public required ChatId Id { get; init; }

    /// <summary>The chat's name.</summary>
    public required string Name { get; init; }

    /// <summary>What to call the other side: as this person does, else as it calls itself, else the chat's name.</summary>
    public required string Participant { get; init; }

    /// <summary>What the other side calls itself, if it has told.</summary>
    public string? TheirName { get; init; }

    /// <summary>How far the chat has come.</summary>
    public required ChatStage Stage { get; init; }

    /// <summary>What is known about who the other side is.</summary>
    public required Verification Verification { get; init; }

    /// <summary>True if more than one person answered this chat's secret.</summary>
    public bool SecretInSeveralHands { get; init; }

    /// <summary>True if the person wants no sign of what is said in it: a host counts its messages and is quiet about them.</summary>
    public bool Muted { get; init; }

    /// <summary>Messages that came since the chat was last read.</summary>
    public int Unread { get; init; }

    /// <summary>When the chat was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When something last happened in it.</summary>
    public required DateTimeOffset LastActivity { get; init; }

    /// <summary>The newest message, if there is one.</summary>
    public MessageView? LastMessage { get; init; }

    /// <summary>60 digits in groups of five, the same on both sides; null while nobody is there.</summary>
    public string? SafetyNumber { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(ChatView);
}
