using Secrets.Client;
using Secrets.Client.Events;
using Secrets.Client.Views;

namespace Secrets.Console.Tui;

/// <summary>Something that happened, at the keyboard or in the client.</summary>
internal abstract class TuiInput
{
    private TuiInput()
    {
    }

    public sealed class Pressed(TuiKey key) : TuiInput
    {
        public TuiKey Key { get; } = key;
    }

    public sealed class Resized(int width, int height) : TuiInput
    {
        public int Width { get; } = width;

        public int Height { get; } = height;
    }

    /// <summary>The terminal shows something else: all of it is sent again.</summary>
    public sealed class Spoiled : TuiInput;

    public sealed class Ended : TuiInput;

    public sealed class Happened(ClientEvent what) : TuiInput
    {
        public ClientEvent What { get; } = what;
    }

    public sealed class ChatsLoaded(IReadOnlyList<ChatView> chats) : TuiInput
    {
        public IReadOnlyList<ChatView> Chats { get; } = chats;
    }

    public sealed class RelaysLoaded(IReadOnlyList<RelayView> relays) : TuiInput
    {
        public IReadOnlyList<RelayView> Relays { get; } = relays;
    }

    public sealed class MessagesLoaded(ChatId chat, IReadOnlyList<MessageView> messages) : TuiInput
    {
        public ChatId Chat { get; } = chat;

        public IReadOnlyList<MessageView> Messages { get; } = messages;
    }

    /// <summary>A chat that was made or joined: it is the chosen one now.</summary>
    public sealed class Entered(ChatView chat) : TuiInput
    {
        public ChatView Chat { get; } = chat;
    }

    public sealed class SecretReady(ChatView chat, SecretView secret, bool isUpdate) : TuiInput
    {
        public ChatView Chat { get; } = chat;

        public SecretView Secret { get; } = secret;

        /// <summary>True if it was shown before and a relay has it now.</summary>
        public bool IsUpdate { get; } = isUpdate;
    }

    /// <summary>Something was done, and there is a word to say about it.</summary>
    public sealed class Said(string sentence) : TuiInput
    {
        public string Sentence { get; } = sentence;
    }

    /// <summary>Something was refused.</summary>
    public sealed class Refused(TuiEffect effect, string sentence, ClientError code) : TuiInput
    {
        public TuiEffect Effect { get; } = effect;

        public string Sentence { get; } = sentence;

        public ClientError Code { get; } = code;
    }
}
