using System.Globalization;
using System.Text;

namespace Secrets.Protocol.Chats;

/// <summary>Makes text of others safe to show in a terminal or a page: it can't move the cursor, turn lines around or hide itself.</summary>
/// <remarks>For display only: what is stored and hashed stays as it came. E-71. Spec: docs/protocol/chats.md §4.8.</remarks>
public static class DisplayText
{
    private const int MaxMarks = 8;
    private const int FirstScriptWithJoiners = 0x0600;

    /// <summary>The text with everything replaced that does more than show a character.</summary>
    public static string Neutralise(string text, DisplayUse use)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = new StringBuilder(text.Length);
        var marks = 0;
        var previous = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            var replaced = Replace(rune, previous, use);
            if (replaced is not { } kept)
                continue;
            marks = IsMark(kept) ? marks + 1 : 0;
            if (marks > MaxMarks)
                continue;
            _ = shown.Append(kept.ToString());
            previous = kept;
        }

        return use == DisplayUse.Name ? shown.ToString().Trim() : shown.ToString();
    }

    private static Rune? Replace(Rune rune, Rune previous, DisplayUse use)
    {
        if (rune.Value is '\n' or '\t' or 0x2028 or 0x2029)
            return use == DisplayUse.Name ? new Rune(' ') : new Rune(rune.Value == '\t' ? '\t' : '\n');
        if (rune.Value < 0x20)
            return new Rune(0x2400 + rune.Value); // control pictures: ESC shows as a sign of its own
        if (rune.Value == 0x7F)
            return new Rune(0x2421);
        if (rune.Value is >= 0x80 and < 0xA0 || IsNoncharacter(rune.Value))
            return Rune.ReplacementChar;
        if (rune.Value is 0x200C or 0x200D)
            return use == DisplayUse.Text || previous.Value >= FirstScriptWithJoiners ? rune : null;
        return IsInvisible(rune.Value) ? null : rune;
    }

    /// <summary>Characters without a shape of their own that turn text around, join it, or only hide in it.</summary>
    private static bool IsInvisible(int value) => value switch
    {
        0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180E => true, // soft hyphen, joiner, Arabic mark, fillers
        0x200B or 0x200E or 0x200F => true, // zero-width space, direction marks
        >= 0x202A and <= 0x202E => true, // embeddings and overrides
        >= 0x2060 and <= 0x206F => true, // word joiner, invisible operators, isolates, deprecated controls
        0x3164 or 0xFEFF or 0xFFA0 => true, // fillers, byte order mark
        >= 0xFFF9 and <= 0xFFFB => true, // interlinear annotation
        >= 0x1D173 and <= 0x1D17A => true, // musical formatting
        >= 0xE0000 and <= 0xE0FFF => true, // tags and variation selectors supplement
        _ => false,
    };

    private static bool IsNoncharacter(int value) => value is >= 0xFDD0 and <= 0xFDEF || (value & 0xFFFE) == 0xFFFE;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
