namespace Secrets.Client.Views;

/// <summary>What a line of a chat is.</summary>
public enum MessageKind
{
    /// <summary>Text that somebody wrote.</summary>
    Text = 1,

    /// <summary>A message of a type that this version does not know; kept.</summary>
    Unknown = 2,

    /// <summary>A line about the chat itself; see <see cref="MessageView.Notice"/>.</summary>
    Notice = 3,
}
