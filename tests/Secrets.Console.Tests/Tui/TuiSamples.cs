using Secrets.Client;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Console.Tui;
using Secrets.Protocol.Chats;

namespace Secrets.Console.Tests.Tui;

/// <summary>Chats and messages to draw.</summary>
internal static class TuiSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static ChatView Chat(int number, string name, int unread = 0, ChatStage stage = ChatStage.Open, Verification verification = Verification.NotVerified, bool muted = false) => new()
    {
        Id = new ChatId(new Guid(number, 0, 0, new byte[8])),
        Name = name,
        Participant = name,
        Stage = stage,
        Verification = verification,
        Muted = muted,
        Unread = unread,
        Created = Noon.AddDays(-1),
        LastActivity = Noon.AddMinutes(-number),
        SafetyNumber = stage == ChatStage.Open ? "11111 22222 33333 44444 55555 66666 77777 88888 99999 00000 12345 67890" : null,
    };

    public static MessageView Message(ChatView chat, int position, string text, bool own = false, DeliveryState state = DeliveryState.Received, int minutes = 0, ChatNotice notice = ChatNotice.None) => new()
    {
        Id = new MessageId(new Guid(position, 1, 0, new byte[8])),
        Chat = chat.Id,
        Kind = notice == ChatNotice.None ? MessageKind.Text : MessageKind.Notice,
        Notice = notice,
        Own = own,
        Time = Noon.AddMinutes(minutes),
        Arrived = Noon.AddMinutes(minutes),
        Text = text,
        State = own ? state : DeliveryState.Received,
        Position = position,
    };

    public static TuiState State(int width, int height, params ChatView[] chats)
    {
        var state = new TuiState { IdentityName = "Alice", Zone = TimeZoneInfo.Utc, Width = width, Height = height };
        _ = TuiReducer.Apply(state, new TuiInput.RelaysLoaded([new RelayView { Address = "ws://relay", Connected = true, Chosen = true }]));
        _ = TuiReducer.Apply(state, new TuiInput.ChatsLoaded(chats));
        return state;
    }

    public static List<TuiEffect> Load(this TuiState state, ChatView chat, params MessageView[] messages) =>
        TuiReducer.Apply(state, new TuiInput.MessagesLoaded(chat.Id, messages));

    public static List<TuiEffect> Press(this TuiState state, KeyKind kind) => TuiReducer.Apply(state, new TuiInput.Pressed(new TuiKey(kind)));

    public static List<TuiEffect> Type(this TuiState state, string text) => TuiReducer.Apply(state, new TuiInput.Pressed(new TuiKey(KeyKind.Text, text)));

    public static List<TuiEffect> Happen(this TuiState state, ClientEventKind kind, ChatView? chat = null, MessageView? message = null, RelayView? relay = null) =>
        TuiReducer.Apply(state, new TuiInput.Happened(new ClientEvent { Kind = kind, Time = Noon, Chat = chat, Message = message, Relay = relay }));

    public static string Screen(this TuiState state)
    {
        var canvas = TuiDrawing.Draw(state);
        return string.Join('\n', Enumerable.Range(0, canvas.Height).Select(canvas.Text));
    }
}
