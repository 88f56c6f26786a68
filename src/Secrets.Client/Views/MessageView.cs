using Secrets.Protocol.Chats;

namespace Secrets.Client.Views;

/// <summary>A line of a chat as a person sees it, at one moment.</summary>
public sealed record MessageView
{
    /// <summary>The message's id on this device.</summary>
    public required MessageId Id { get; init; }

    /// <summary>The chat it is in.</summary>
    public required ChatId Chat { get; init; }

    /// <summary>What the line is.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>True if this identity wrote it.</summary>
    public required bool Own { get; init; }

    /// <summary>When it was written, by its writer's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When it arrived here; for own messages the same as <see cref="Time"/>.</summary>
    public required DateTimeOffset Arrived { get; init; }

    /// <summary>The text as it was written. Hosts show it through <c>DisplayText.Neutralise</c>.</summary>
    public required string Text { get; init; }

    /// <summary>Which notice it is, if it is one.</summary>
    public ChatNotice Notice { get; init; }

    /// <summary>Where an own message is; for others always received.</summary>
    public DeliveryState State { get; init; }

    /// <summary>Order within the chat, rising.</summary>
    public required long Position { get; init; }

    /// <summary>The name of the type; never what is in it.</summary>
    public override string ToString() => nameof(MessageView);
}
