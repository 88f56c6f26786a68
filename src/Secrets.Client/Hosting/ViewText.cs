using Secrets.Client.Events;
using Secrets.Client.Rooms;
using Secrets.Client.Views;
using Secrets.Protocol.Chats;

namespace Secrets.Client.Hosting;

/// <summary>Views whose texts are safe to show: other people's names and words can't turn lines around or hide in them.</summary>
internal static class ViewText
{
    public static string Name(string name) => DisplayText.Neutralise(name, DisplayUse.Name);

    public static IReadOnlyList<ChatView> Safe(IReadOnlyList<ChatView> chats) => [.. chats.Select(Safe)];

    public static IReadOnlyList<MessageView> Safe(IReadOnlyList<MessageView> messages) => [.. messages.Select(Safe)];

    public static ChatView Safe(ChatView chat) => chat with
    {
        Name = Name(chat.Name),
        Participant = Name(chat.Participant),
        TheirName = chat.TheirName is null ? null : Name(chat.TheirName),
        LastMessage = chat.LastMessage is null ? null : Safe(chat.LastMessage),
    };

    public static MessageView Safe(MessageView message) => message with { Text = DisplayText.Neutralise(message.Text, message.Kind == MessageKind.Notice ? DisplayUse.Name : DisplayUse.Text) };

    public static RoomView Safe(RoomView room) => room with
    {
        Label = Name(room.Label),
        Name = Name(room.Name),
        Members = [.. room.Members.Select(static member => member with { Name = Name(member.Name) })],
        Call = room.Call is null ? null : Safe(room.Call),
    };

    public static RoomCallView Safe(RoomCallView call) => call with { Parties = [.. call.Parties.Select(static party => party with { Name = Name(party.Name) })] };

    public static RoomMessageView Safe(RoomMessageView message) => message with
    {
        Name = Name(message.Name),
        Text = DisplayText.Neutralise(message.Text, message.Notice == RoomNotice.None ? DisplayUse.Text : DisplayUse.Name),
        Reactions = [.. message.Reactions.Select(static reaction => reaction with { Sign = DisplayText.Neutralise(reaction.Sign, DisplayUse.Text) })],
        File = message.File is null ? null : Safe(message.File),
    };

    public static RoomFileView Safe(RoomFileView file) => file with { Name = Name(file.Name), Type = Name(file.Type) };

    public static RoomEvent Safe(RoomEvent happened) => happened with
    {
        Room = happened.Room is null ? null : Safe(happened.Room),
        Message = happened.Message is null ? null : Safe(happened.Message),
    };

    public static ClientEvent Safe(ClientEvent happened) => happened with
    {
        Chat = happened.Chat is null ? null : Safe(happened.Chat),
        Message = happened.Message is null ? null : Safe(happened.Message),
    };
}
