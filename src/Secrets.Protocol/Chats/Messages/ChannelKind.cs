namespace Secrets.Protocol.Chats;

/// <summary>What a channel is for.</summary>
public enum ChannelKind
{
    /// <summary>One direction of a session.</summary>
    Pair = 1,

    /// <summary>The author device's content for an audience of several devices.</summary>
    Data = 2,
}
