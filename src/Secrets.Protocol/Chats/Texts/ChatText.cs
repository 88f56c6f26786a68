using System.Text;
using System.Text.Unicode;

namespace Secrets.Protocol.Chats;

/// <summary>What a text may be: 1 to 65,536 bytes of UTF-8, no control characters but newline and tab.</summary>
/// <remarks>Spec: docs/protocol/chats.md §3.6.</remarks>
public static class ChatText
{
    /// <summary>Longest text in UTF-8 bytes.</summary>
    public const int MaxSize = 65_536;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Checks bytes that came from somebody.</summary>
    public static MessageError Check(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return MessageError.Empty;
        if (utf8.Length > MaxSize)
            return MessageError.TooLong;
        if (!Utf8.IsValid(utf8))
            return MessageError.InvalidUtf8;
        for (var i = 0; i < utf8.Length; i++)
        {
            var b = utf8[i];
            // C0 and DEL are single bytes; C1 is C2 80 to C2 9F
            var isControl = (b < 0x20 && b is not ((byte)'\n' or (byte)'\t')) || b == 0x7F
                || (b == 0xC2 && utf8[i + 1] < 0xA0);
            if (isControl)
                return MessageError.ControlCharacter;
        }

        return MessageError.None;
    }

    /// <summary>Encodes a text of one's own, or says why it can't be sent.</summary>
    public static MessageError TryEncode(string text, out ReadOnlyMemory<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(text);
        utf8 = default;
        if (text.Length > MaxSize)
            return MessageError.TooLong;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text, i))
                return MessageError.InvalidUtf8;
            i++;
        }

        var bytes = Strict.GetBytes(text);
        var error = Check(bytes);
        if (error == MessageError.None)
            utf8 = bytes;
        return error;
    }
}
