using System.Text;
using System.Text.Unicode;
using Secrets.Protocol.Sessions;

namespace Secrets.Protocol.Chats;

/// <summary>What a name may be: at most 64 bytes of UTF-8, one line, nothing that controls a terminal or turns the line around (E-71).</summary>
/// <remarks>A name is no identity: two participants may have one name. Spec: docs/protocol/chats.md §3.6.</remarks>
public static class NameText
{
    /// <summary>Longest name in UTF-8 bytes.</summary>
    public const int MaxSize = PersonName.MaxSize;

    /// <summary>Takes what a person typed: outer spaces go, the composed form (NFC) is kept.</summary>
    public static MessageError TryParse(string typed, out string name)
    {
        ArgumentNullException.ThrowIfNull(typed);
        name = "";
        if (typed.Length > 4 * MaxSize)
            return MessageError.TooLong;
        if (!IsWellFormed(typed))
            return MessageError.InvalidUtf8;
        var composed = ComposedForm.Normalise(typed.Trim());
        var error = Check(composed, allowEmpty: false);
        if (error == MessageError.None)
            name = composed;
        return error;
    }

    /// <summary>Reads a name that came from somebody.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> utf8, bool allowEmpty, out string name)
    {
        name = "";
        if (utf8.Length > MaxSize)
            return MessageError.TooLong;
        if (!Utf8.IsValid(utf8))
            return MessageError.InvalidUtf8;
        var read = Encoding.UTF8.GetString(utf8);
        var error = Check(read, allowEmpty);
        if (error == MessageError.None)
            name = read;
        return error;
    }

    /// <summary>True for a name that may be sent.</summary>
    public static bool IsValid(string name, bool allowEmpty = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= MaxSize && IsWellFormed(name) && Check(name, allowEmpty) == MessageError.None;
    }

    private static bool IsWellFormed(string text) => !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private static MessageError Check(string name, bool allowEmpty)
    {
        if (name.Length == 0)
            return allowEmpty ? MessageError.None : MessageError.Empty;
        if (Encoding.UTF8.GetByteCount(name) > MaxSize)
            return MessageError.TooLong;
        return PersonName.IsValid(name) ? MessageError.None : MessageError.ControlCharacter;
    }
}
