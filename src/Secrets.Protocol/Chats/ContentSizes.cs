using Secrets.Protocol.Sessions;

namespace Secrets.Protocol.Chats;

/// <summary>Sizes of content messages by carrier (table B.3).</summary>
public static class ContentSizes
{
    /// <summary>Longest content message in a session.</summary>
    public const int SessionContent = Session.MaxPlaintextSize;

    /// <summary>Longest content message in a data box.</summary>
    public const int DataBoxContent = 4_052;

    /// <summary>Longest body of a control message in a session.</summary>
    public const int SessionControlBody = SessionContent - ContentHeader.Size;

    /// <summary>Longest content message of a carrier.</summary>
    public static int MaxContent(ContentCarrier carrier) => carrier switch
    {
        ContentCarrier.Session => SessionContent,
        ContentCarrier.DataBox => DataBoxContent,
    };

    /// <summary>Number of head tags of a carrier: always so many, the unused ones random (decision 6).</summary>
    public static int HeadCount(ContentCarrier carrier) => carrier switch
    {
        ContentCarrier.Session => 4,
        ContentCarrier.DataBox => 16,
    };

    /// <summary>Longest body of a message that is said, without riders: 1,526 and 3,830.</summary>
    public static int MaxSaidBody(ContentCarrier carrier) =>
        MaxContent(carrier) - ContentHeader.Size - (HeadCount(carrier) * BlindedHeads.TagSize) - BlindedHeads.ReplySize;

    /// <summary>Longest body of a control message, without riders: 1,574 and 3,974.</summary>
    public static int MaxControlBody(ContentCarrier carrier) => MaxContent(carrier) - ContentHeader.Size;
}
