namespace Secrets.Protocol.Chats;

/// <summary>The flags of a content header. A reader refuses unknown ones of the lower eight bits and passes over the upper eight.</summary>
[Flags]
public enum ContentOptions
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Who does not know the type need not show that something came.</summary>
    Ignorable = 1,

    /// <summary>Control messages ride behind the body.</summary>
    Riders = 2,
}
