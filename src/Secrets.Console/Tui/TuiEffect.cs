using Secrets.Client;

namespace Secrets.Console.Tui;

/// <summary>Something that the client is asked to do.</summary>
internal abstract class TuiEffect
{
    private TuiEffect()
    {
    }

    public sealed class LoadChats : TuiEffect;

    public sealed class LoadMessages(ChatId chat) : TuiEffect
    {
        public ChatId Chat { get; } = chat;
    }

    public sealed class MarkRead(ChatId chat) : TuiEffect
    {
        public ChatId Chat { get; } = chat;
    }

    public sealed class Send(ChatId chat, string text) : TuiEffect
    {
        public ChatId Chat { get; } = chat;

        public string Text { get; } = text;
    }

    public sealed class Rename(ChatId chat, string name) : TuiEffect
    {
        public ChatId Chat { get; } = chat;

        public string Name { get; } = name;
    }

    public sealed class Create(string name) : TuiEffect
    {
        public string Name { get; } = name;
    }

    public sealed class Join(string secret, string name, bool allowOtherRelays) : TuiEffect
    {
        public string Secret { get; } = secret;

        public string Name { get; } = name;

        public bool AllowOtherRelays { get; } = allowOtherRelays;
    }

    public sealed class AddSecret(ChatId chat, string secret, bool direct, bool allowOtherRelays) : TuiEffect
    {
        public ChatId Chat { get; } = chat;

        public string Secret { get; } = secret;

        public bool Direct { get; } = direct;

        public bool AllowOtherRelays { get; } = allowOtherRelays;
    }

    public sealed class ShowSecret(ChatId chat) : TuiEffect
    {
        public ChatId Chat { get; } = chat;
    }

    public sealed class Verify(ChatId chat, string number) : TuiEffect
    {
        public ChatId Chat { get; } = chat;

        public string Number { get; } = number;
    }

    public sealed class Redraw : TuiEffect;

    public sealed class Quit : TuiEffect;
}
