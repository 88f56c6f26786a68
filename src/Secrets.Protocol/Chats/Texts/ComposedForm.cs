using System.Text;

namespace Secrets.Protocol.Chats;

/// <summary>The composed form of text (NFC, Unicode Standard Annex 15), so that one name typed on two keyboards has one set of bytes.</summary>
/// <remarks>The base library leaves text as it is where it runs without the globalization library, as here and in the browser.</remarks>
internal static class ComposedForm
{
    private const int HangulFirst = 0xAC00;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TailFirst = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int HangulCount = LeadCount * VowelCount * TailCount;

    private static readonly Dictionary<int, (int First, int Second)> Parts = ReadParts();
    private static readonly Dictionary<(int First, int Second), int> Composites = ReadComposites();
    private static readonly Dictionary<int, int> Classes = ReadClasses();

    /// <summary>The composed form of well-formed text.</summary>
    public static string Normalise(string text)
    {
        var decomposed = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, decomposed);
        Order(decomposed);
        var composed = new StringBuilder(text.Length);
        foreach (var value in Compose(decomposed))
            _ = composed.Append(new Rune(value).ToString());
        return composed.ToString();
    }

    private static void Decompose(int value, List<int> output)
    {
        if (value is >= HangulFirst and < HangulFirst + HangulCount)
        {
            var index = value - HangulFirst;
            output.Add(LeadFirst + (index / (VowelCount * TailCount)));
            output.Add(VowelFirst + (index % (VowelCount * TailCount) / TailCount));
            if (index % TailCount != 0)
                output.Add(TailFirst + (index % TailCount));
        }
        else if (Parts.TryGetValue(value, out var parts))
        {
            Decompose(parts.First, output);
            if (parts.Second != 0)
                Decompose(parts.Second, output);
        }
        else
        {
            output.Add(value);
        }
    }

    /// <summary>Marks of one letter in the order of their classes; equal classes stay as they stand.</summary>
    private static void Order(List<int> values)
    {
        for (var i = 1; i < values.Count; i++)
        {
            var mark = ClassOf(values[i]);
            for (var at = i; mark != 0 && at > 0 && ClassOf(values[at - 1]) > mark; at--)
                (values[at - 1], values[at]) = (values[at], values[at - 1]);
        }
    }

    private static List<int> Compose(List<int> values)
    {
        var composed = new List<int>(values.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var value in values)
        {
            var mark = ClassOf(value);
            // blocked: something of the same or a higher class, or another letter, stands between
            var isAdjacent = starter >= 0 && (starter == composed.Count - 1 || lastClass < mark) && (lastClass != 0 || starter == composed.Count - 1);
            if (isAdjacent && Join(composed[starter], value) is { } joined)
            {
                composed[starter] = joined;
                continue;
            }

            if (mark == 0)
                starter = composed.Count;
            lastClass = mark;
            composed.Add(value);
        }

        return composed;
    }

    private static int? Join(int first, int second)
    {
        if (first is >= LeadFirst and < LeadFirst + LeadCount && second is >= VowelFirst and < VowelFirst + VowelCount)
            return HangulFirst + ((((first - LeadFirst) * VowelCount) + (second - VowelFirst)) * TailCount);
        if (first is >= HangulFirst and < HangulFirst + HangulCount && (first - HangulFirst) % TailCount == 0
            && second is > TailFirst and < TailFirst + TailCount)
        {
            return first + (second - TailFirst);
        }

        return Composites.TryGetValue((first, second), out var composite) ? composite : null;
    }

    private static int ClassOf(int value) => Classes.GetValueOrDefault(value);

    private static Dictionary<int, (int First, int Second)> ReadParts()
    {
        var parts = new Dictionary<int, (int First, int Second)>();
        foreach (var table in new[] { ComposedFormTables.Composing.ToArray(), ComposedFormTables.Decomposing.ToArray() })
        {
            for (var i = 0; i < table.Length; i += 3)
                parts.Add(table[i], (table[i + 1], table[i + 2]));
        }

        return parts;
    }

    private static Dictionary<(int First, int Second), int> ReadComposites()
    {
        var composites = new Dictionary<(int First, int Second), int>();
        var table = ComposedFormTables.Composing;
        for (var i = 0; i < table.Length; i += 3)
            composites.Add((table[i + 1], table[i + 2]), table[i]);
        return composites;
    }

    private static Dictionary<int, int> ReadClasses()
    {
        var classes = new Dictionary<int, int>();
        var table = ComposedFormTables.Classes;
        for (var i = 0; i < table.Length; i += 3)
        {
            for (var value = table[i]; value <= table[i + 1]; value++)
                classes.Add(value, table[i + 2]);
        }

        return classes;
    }
}
