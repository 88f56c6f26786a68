using System.Globalization;
using System.Text;

namespace Secrets.Console.Tui;

/// <summary>How many columns of a terminal a text takes.</summary>
/// <remarks>Unicode Standard Annex #11: wide and fullwidth characters take two; marks and format characters none.</remarks>
internal static class TextWidth
{
    private const int FirstMark = 0x300;
    private const int FirstSymbol = 0x2190; // arrows; pictures come after it, alphabets that join their letters before it

    public static int Of(Rune rune)
    {
        var value = rune.Value;
        if (value < FirstMark)
            return value is < 0x20 or (>= 0x7F and < 0xA0) or 0xAD ? 0 : 1;
        if (value is >= 0x1160 and <= 0x11FF) // vowels and finals that join a Hangul syllable
            return 0;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;
        return IsWide(value) ? 2 : 1;
    }

    public static int Of(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Of(rune);
        return width;
    }

    /// <summary>Takes out what terminals measure differently: what joins pictures into one, colours their skin, or chooses how they are drawn.</summary>
    public static string Steady(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var steady = new StringBuilder(text.Length);
        var previous = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnsteady(rune, previous))
                continue;
            _ = steady.Append(rune.ToString());
            previous = rune.Value;
        }
        return steady.ToString();
    }

    /// <summary>True for a character that joins, tints or chooses the picture before it; after letters it has its own meaning.</summary>
    public static bool IsUnsteady(Rune rune, int previous) =>
        rune.Value is 0xFE0E or 0xFE0F || (previous >= FirstSymbol && rune.Value is 0x200D or (>= 0x1F3FB and <= 0x1F3FF));

    /// <summary>As much of the beginning as fits, with an ellipsis where something is left out.</summary>
    public static string Fit(string text, int columns)
    {
        if (Of(text) <= columns)
            return text;
        var fitted = new StringBuilder();
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(rune);
            if (width > columns - 1)
                break;
            _ = fitted.Append(rune.ToString());
        }
        return columns < 1 ? "" : fitted.Append('…').ToString();
    }

    private static bool IsWide(int value)
    {
        int low = 0, high = (Wide.Length / 2) - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (value > Wide[(2 * middle) + 1])
                low = middle + 1;
            else if (value < Wide[2 * middle])
                high = middle - 1;
            else
                return true;
        }
        return false;
    }

    /// <summary>First and last of each range that is wide or fullwidth, rising.</summary>
    private static ReadOnlySpan<int> Wide =>
    [
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615,
        0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE,
        0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B,
        0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27B0, 0x27B0, 0x27BF, 0x27BF,
        0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E, 0x3041, 0x3247, 0x3250, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97F,
        0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18D08, 0x1AFF0, 0x1B2FF,
        0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F265, 0x1F300, 0x1F320, 0x1F32D, 0x1F335,
        0x1F337, 0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E,
        0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596,
        0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF,
        0x1F6EB, 0x1F6EC, 0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF,
        0x1FA70, 0x1FAFF, 0x20000, 0x2FFFD, 0x30000, 0x3FFFD,
    ];
}
