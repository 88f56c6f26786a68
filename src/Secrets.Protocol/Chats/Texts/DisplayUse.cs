namespace Secrets.Protocol.Chats;

/// <summary>Where a text will be shown.</summary>
public enum DisplayUse
{
    /// <summary>A message: lines and tabs stay.</summary>
    Text = 0,

    /// <summary>A name, in one line beside others' names.</summary>
    Name = 1,
}
