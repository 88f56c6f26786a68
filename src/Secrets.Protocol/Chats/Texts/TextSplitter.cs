using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>Cuts a text that does not fit one box into two to eight parts; longer texts travel as attachments.</summary>
/// <remarks>Spec: docs/protocol/chats.md §4.6.</remarks>
public static class TextSplitter
{
    /// <summary>Longest text in bytes that parts of a carrier hold: 12,048 in a session, 30,480 in data boxes.</summary>
    public static int MaxSize(ContentCarrier carrier) => TextPartMessage.MaxParts * PartSize(carrier);

    /// <summary>Cuts a checked text. Exactly as many parts as needed, all full but the last.</summary>
    /// <returns>TooLong for a text that must travel as an attachment.</returns>
    public static MessageError TrySplit(string text, ContentCarrier carrier, RandomSource random, out IReadOnlyList<TextPartMessage> parts)
    {
        ArgumentNullException.ThrowIfNull(random);
        return TrySplit(text, carrier, TextId.Generate(random), out parts);
    }

    /// <summary>The same for a text that has its id already: one that is said again in another session keeps it, so that it is shown once.</summary>
    /// <returns>TooLong for a text that must travel as an attachment.</returns>
    public static MessageError TrySplit(string text, ContentCarrier carrier, TextId id, out IReadOnlyList<TextPartMessage> parts)
    {
        parts = [];
        var error = ChatText.TryEncode(text, out var utf8);
        if (error != MessageError.None)
            return error;
        if (utf8.Length > MaxSize(carrier))
            return MessageError.TooLong;
        var size = PartSize(carrier);
        var count = (utf8.Length + size - 1) / size;
        if (count < 2)
            throw new ArgumentException("A text that fits one box is not split.", nameof(text));
        var split = new List<TextPartMessage>(count);
        for (var i = 0; i < count; i++)
        {
            var bytes = utf8.Span[(i * size)..Math.Min((i + 1) * size, utf8.Length)];
            split.Add(new TextPartMessage(id, i, count, utf8.Length, bytes));
        }

        parts = split.AsReadOnly();
        return MessageError.None;
    }

    private static int PartSize(ContentCarrier carrier) => ContentSizes.MaxSaidBody(carrier) - TextPartMessage.HeadSize;
}
