namespace Secrets.Console.Tui;

/// <summary>What is asked.</summary>
internal enum QuestionKind
{
    /// <summary>The chat's new name.</summary>
    ChatName = 1,

    /// <summary>The name of a chat to be made.</summary>
    NewChatName,

    /// <summary>A secret that somebody gave.</summary>
    Secret,

    /// <summary>What the other person is called; empty: the secret belongs to the chosen chat.</summary>
    PersonName,

    /// <summary>Whether the secret came from the other person directly.</summary>
    Direct,

    /// <summary>Whether a relay that was not chosen may be used.</summary>
    OtherRelay,
}
