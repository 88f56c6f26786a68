using Secrets.Client.Views;

namespace Secrets.Client.Events;

/// <summary>One thing that happened, with what it concerns.</summary>
public sealed record ClientEvent
{
    /// <summary>What happened.</summary>
    public required ClientEventKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The chat it concerns, as it is now.</summary>
    public ChatView? Chat { get; init; }

    /// <summary>The message it concerns, as it is now.</summary>
    public MessageView? Message { get; init; }

    /// <summary>The relay it concerns, as it is now.</summary>
    public RelayView? Relay { get; init; }

    /// <summary>The call it concerns, as it is now.</summary>
    public CallView? Call { get; init; }

    /// <summary>What the media engine is to do for it.</summary>
    public CallStepView? CallStep { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(ClientEvent);
}
