using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Protocol.Chats;

namespace Secrets.Client.Hosting;

/// <summary>Views whose texts are safe to show: other people's names and words can't turn lines around or hide in them.</summary>
internal static class ViewText
{
    public static string Name(string name) => DisplayText.Neutralise(name, DisplayUse.Name);

    public static IReadOnlyList<ChatView> Safe(IReadOnlyList<ChatView> chats) => [.. chats.Select(Safe)];

    public static IReadOnlyList<MessageView> Safe(IReadOnlyList<MessageView> messages) => [.. messages.Select(Safe)];

    public static ChatView Safe(ChatView chat) => new()
    {
        Id = chat.Id,
        Name = Name(chat.Name),
        Participant = Name(chat.Participant),
        TheirName = chat.TheirName is null ? null : Name(chat.TheirName),
        Stage = chat.Stage,
        Verification = chat.Verification,
        SecretInSeveralHands = chat.SecretInSeveralHands,
        Muted = chat.Muted,
        Unread = chat.Unread,
        Created = chat.Created,
        LastActivity = chat.LastActivity,
        LastMessage = chat.LastMessage is null ? null : Safe(chat.LastMessage),
        SafetyNumber = chat.SafetyNumber,
    };

    public static MessageView Safe(MessageView message) => new()
    {
        Id = message.Id,
        Chat = message.Chat,
        Kind = message.Kind,
        Own = message.Own,
        Time = message.Time,
        Arrived = message.Arrived,
        Text = DisplayText.Neutralise(message.Text, message.Kind == MessageKind.Notice ? DisplayUse.Name : DisplayUse.Text),
        Notice = message.Notice,
        State = message.State,
        Position = message.Position,
    };

    public static ClientEvent Safe(ClientEvent happened) => new()
    {
        Kind = happened.Kind,
        Time = happened.Time,
        Chat = happened.Chat is null ? null : Safe(happened.Chat),
        Message = happened.Message is null ? null : Safe(happened.Message),
        Relay = happened.Relay,
        Call = happened.Call,
        CallStep = happened.CallStep,
    };
}
