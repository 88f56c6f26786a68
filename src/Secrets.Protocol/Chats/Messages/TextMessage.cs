using System.Text;

namespace Secrets.Protocol.Chats;

/// <summary>A text that fits one box: the UTF-8 bytes alone.</summary>
/// <remarks>Spec: docs/protocol/chats.md §3.4.1.</remarks>
public sealed class TextMessage : IMessageBody
{
    private readonly byte[] _utf8;

    private TextMessage(byte[] utf8) => _utf8 = utf8;

    /// <inheritdoc/>
    public MessageType Type => MessageType.Text;

    /// <inheritdoc/>
    public int Size => _utf8.Length;

    /// <summary>The text.</summary>
    public string Text => Encoding.UTF8.GetString(_utf8);

    /// <summary>Takes a text of one's own that fits the carrier; longer ones are split by <see cref="TextSplitter"/>.</summary>
    public static MessageError TryCreate(string text, ContentCarrier carrier, out TextMessage? message)
    {
        ArgumentNullException.ThrowIfNull(text);
        message = null;
        var error = ChatText.TryEncode(text, out var utf8);
        if (error != MessageError.None)
            return error;
        if (utf8.Length > ContentSizes.MaxSaidBody(carrier))
            return MessageError.TooLong;
        message = new TextMessage(utf8.ToArray());
        return MessageError.None;
    }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out TextMessage? message)
    {
        message = null;
        var error = ChatText.Check(source);
        if (error == MessageError.None)
            message = new TextMessage(source.ToArray());
        return error;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination) => _utf8.CopyTo(destination);

    /// <summary>The name of the type; never the text.</summary>
    public override string ToString() => nameof(TextMessage);
}
