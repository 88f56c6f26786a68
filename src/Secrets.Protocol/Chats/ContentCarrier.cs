namespace Secrets.Protocol.Chats;

/// <summary>What a content message travels in, which fixes how many heads it names.</summary>
public enum ContentCarrier
{
    /// <summary>A session message in a pair channel: audience of one device, body of 1,652 bytes, 4 heads.</summary>
    Session = 0,

    /// <summary>A box of a data channel: audience of several devices, body of 4,052 bytes, 16 heads.</summary>
    DataBox = 1,
}
