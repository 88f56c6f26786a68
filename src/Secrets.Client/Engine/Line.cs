using Secrets.Client.Views;
using Secrets.Protocol.Chats;

namespace Secrets.Client.Engine;

/// <summary>A line of a chat, in memory.</summary>
internal sealed class Line
{
    public required MessageId Id { get; init; }

    public required MessageKind Kind { get; init; }

    public required bool Own { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required DateTimeOffset Arrived { get; init; }

    public required string Text { get; init; }

    public ChatNotice Notice { get; init; }

    public DeliveryState State { get; set; }

    public required long Position { get; init; }
}
