using Secrets.Client.Views;

namespace Secrets.Console.Tui;

/// <summary>What is kept about one chat while the program runs.</summary>
internal sealed class ChatRoom
{
    private readonly List<MessageView> _messages = [];

    public IReadOnlyList<MessageView> Messages => _messages;

    public bool IsLoaded { get; private set; }

    public Draft Draft { get; } = new();

    /// <summary>Lines between the newest line and the last one shown.</summary>
    public int Scroll { get; set; }

    /// <summary>The position of the first message that had not been read when the chat was opened.</summary>
    public long? UnreadFrom { get; set; }

    public void Load(IReadOnlyList<MessageView> messages)
    {
        foreach (var message in messages)
            _ = Put(message);
        IsLoaded = true;
    }

    /// <summary>Takes a message in, or its new state; true if it is a new one.</summary>
    public bool Put(MessageView message)
    {
        var at = _messages.FindLastIndex(m => m.Position <= message.Position);
        var known = at >= 0 && _messages[at].Id == message.Id ? at : _messages.FindIndex(m => m.Id == message.Id);
        if (known >= 0)
        {
            _messages[known] = message;
            return false;
        }
        _messages.Insert(at + 1, message);
        return true;
    }

    /// <summary>Draws the unread line above the last so many messages of the other side.</summary>
    public void MarkUnread(int count)
    {
        UnreadFrom = null;
        for (var i = _messages.Count - 1; i >= 0 && count > 0; i--)
        {
            if (_messages[i].Own || _messages[i].Kind == MessageKind.Notice)
                continue;
            count--;
            UnreadFrom = _messages[i].Position;
        }
    }
}
