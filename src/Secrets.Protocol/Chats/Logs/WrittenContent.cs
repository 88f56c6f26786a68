namespace Secrets.Protocol.Chats;

/// <summary>What a sending log made of a draft: where it stands and what names it.</summary>
public sealed class WrittenContent
{
    internal WrittenContent(int length, ulong number, ulong index, MessageSecret secret)
    {
        Length = length;
        Number = number;
        Index = index;
        Secret = secret;
    }

    /// <summary>Length of the content message in bytes.</summary>
    public int Length { get; }

    /// <summary>Number within the channel.</summary>
    public ulong Number { get; }

    /// <summary>Index of the box that carries it.</summary>
    public ulong Index { get; }

    /// <summary>The message's secret.</summary>
    public MessageSecret Secret { get; }
}
