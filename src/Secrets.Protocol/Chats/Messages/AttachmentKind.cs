namespace Secrets.Protocol.Chats;

/// <summary>What an attachment is to the reader.</summary>
public enum AttachmentKind
{
    /// <summary>A file.</summary>
    File = 0,

    /// <summary>A text of the message itself that was too long for boxes of the chat: fetched and shown as text.</summary>
    LongText = 1,
}
