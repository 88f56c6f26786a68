using System.Globalization;
using System.Text;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Sessions;

/// <summary>The rule for names that travel: at most 64 bytes of valid UTF-8, nothing that controls a terminal or turns the line around (E-71).</summary>
/// <remarks>Spec: docs/protocol/sessions.md §3.3.</remarks>
public static class PersonName
{
    /// <summary>Longest name in UTF-8 bytes.</summary>
    public const int MaxSize = 64;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>True for a name that may stand in an offer or answer. The empty name is one.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length > MaxSize)
            return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (!Rune.TryGetRuneAt(name, i, out var rune) || !MayStand(rune))
                return false;
            i += rune.Utf16SequenceLength - 1;
        }
        return Strict.GetByteCount(name) <= MaxSize;
    }

    internal static void Check(string name)
    {
        if (!IsValid(name))
            throw new ArgumentException("A name has at most 64 bytes of UTF-8 and no control characters.", nameof(name));
    }

    internal static int Size(string name) => 1 + Strict.GetByteCount(name);

    internal static void Write(ref WireWriter writer, string name) => writer.WriteBytes8(Strict.GetBytes(name));

    internal static bool TryRead(ref WireReader reader, out string name)
    {
        name = "";
        if (!reader.TryReadBytes8(MaxSize, out var bytes) || !System.Text.Unicode.Utf8.IsValid(bytes))
            return false;
        name = Strict.GetString(bytes);
        return IsValid(name);
    }

    private static bool MayStand(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => false,
        // of the format characters only the two joiners that scripts and emoji need
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
        _ => true,
    };
}
