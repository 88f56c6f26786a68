using Secrets.Client;
using Secrets.Client.Views;

namespace Secrets.Console.Tui;

/// <summary>All that the screen is drawn from.</summary>
internal sealed class TuiState
{
    /// <summary>From this width on the list and the chat stand side by side.</summary>
    public const int WideFrom = 60;

    private readonly Dictionary<ChatId, ChatRoom> _rooms = [];

    public string IdentityName { get; init; } = "";

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>False where the person wants no colour: a QR code is drawn for a dark terminal then, until i is pressed.</summary>
    public bool HasColour { get; init; } = true;

    public int Width { get; set; } = 80;

    public int Height { get; set; } = 24;

    public bool IsWide => Width >= WideFrom;

    /// <summary>The chats, the latest first.</summary>
    public List<ChatView> Chats { get; } = [];

    public bool ChatsLoaded { get; set; }

    public ChatId? ChosenId { get; set; }

    /// <summary>On a narrow terminal: whether the list is shown, not the chat.</summary>
    public bool ListShown { get; set; } = true;

    public Dictionary<string, bool> Relays { get; } = new(StringComparer.Ordinal);

    public Question? Question { get; set; }

    public Panel? Panel { get; set; }

    /// <summary>What is said about the last step, until the next key.</summary>
    public string Sentence { get; set; } = "";

    public bool SentenceIsBad { get; set; }

    public ChatView? Chosen => Chats.Find(c => c.Id == ChosenId);

    /// <summary>True if the chosen chat's messages are on the screen.</summary>
    public bool IsChatShown => Chosen is not null && (IsWide || !ListShown);

    public ChatRoom RoomOf(ChatId chat)
    {
        if (!_rooms.TryGetValue(chat, out var room))
            _rooms[chat] = room = new ChatRoom();
        return room;
    }
}
