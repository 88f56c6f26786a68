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

    public static RoomView Safe(RoomView room) => new()
    {
        Id = room.Id,
        Label = Name(room.Label),
        Code = room.Code,
        Link = room.Link,
        Qr = room.Qr,
        Relay = room.Relay,
        Stage = room.Stage,
        Ending = room.Ending,
        Deadline = room.Deadline,
        Locked = room.Locked,
        Me = room.Me,
        Name = Name(room.Name),
        IsOwner = room.IsOwner,
        Owner = room.Owner,
        Members = [.. room.Members.Select(static member => new RoomMemberView { Session = member.Session, Name = Name(member.Name), Own = member.Own, Owner = member.Owner, Away = member.Away })],
        SafetyWords = room.SafetyWords,
        MaxParticipants = room.MaxParticipants,
        Entered = room.Entered,
        Call = room.Call is null ? null : Safe(room.Call),
    };

    public static RoomCallView Safe(RoomCallView call) => new()
    {
        Id = call.Id,
        Media = call.Media,
        Joined = call.Joined,
        Full = call.Full,
        Since = call.Since,
        Parties = [.. call.Parties.Select(static party => new RoomCallPartyView
        {
            Session = party.Session,
            Name = Name(party.Name),
            Connected = party.Connected,
            Words = party.Words,
            MicrophoneOff = party.MicrophoneOff,
            CameraOn = party.CameraOn,
            ScreenShown = party.ScreenShown,
        })],
    };

    public static RoomMessageView Safe(RoomMessageView message) => new()
    {
        Id = message.Id,
        Room = message.Room,
        Notice = message.Notice,
        From = message.From,
        Name = Name(message.Name),
        Own = message.Own,
        Time = message.Time,
        Text = DisplayText.Neutralise(message.Text, message.Notice == RoomNotice.None ? DisplayUse.Text : DisplayUse.Name),
        ReplyTo = message.ReplyTo,
        Reactions = [.. message.Reactions.Select(static reaction => new RoomReactionView { Session = reaction.Session, Sign = DisplayText.Neutralise(reaction.Sign, DisplayUse.Text) })],
        File = message.File is null ? null : Safe(message.File),
        Sent = message.Sent,
        Count = message.Count,
        Position = message.Position,
    };

    public static RoomFileView Safe(RoomFileView file) => new() { Name = Name(file.Name), Type = Name(file.Type), Size = file.Size };

    public static RoomEvent Safe(RoomEvent happened) => new()
    {
        Kind = happened.Kind,
        Id = happened.Id,
        Room = happened.Room is null ? null : Safe(happened.Room),
        Message = happened.Message is null ? null : Safe(happened.Message),
        Session = happened.Session,
        On = happened.On,
        CallStep = happened.CallStep,
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
