using System.Text;

namespace Secrets.Protocol.Rooms;

/// <summary>The Electronic Frontier Foundation's large list: 7,776 words that people can say, keep in mind and type.</summary>
/// <remarks>Joseph Bonneau, 2016; CC BY 3.0 US. Spec: docs/protocol/rooms.md §3.1.</remarks>
public static class WordList
{
    /// <summary>How many words have no hyphen: those that codes are made of.</summary>
    public const int PlainCount = 7_772;

    private const int LongestPlain = 9;

    private static readonly Lazy<string[]> Words = new(Load);
    private static readonly Lazy<string[]> PlainWords = new(static () => [.. Words.Value.Where(static word => !word.Contains('-', StringComparison.Ordinal))]);
    private static readonly Lazy<Dictionary<string, int>> Numbers = new(static () => PlainWords.Value.Index().ToDictionary(static pair => pair.Item, static pair => pair.Index, StringComparer.Ordinal));

    /// <summary>All of them, in the list's order.</summary>
    public static IReadOnlyList<string> All => Words.Value;

    /// <summary>Those without a hyphen, in the list's order.</summary>
    internal static IReadOnlyList<string> Plain => PlainWords.Value;

    /// <summary>The number of a word without a hyphen; −1 for what is none.</summary>
    internal static int NumberOf(string word) => Numbers.Value.GetValueOrDefault(word, -1);

    /// <summary>Words that differ from a typed one by one letter: added, missing, another, or two exchanged.</summary>
    internal static IEnumerable<int> Near(string typed) =>
        typed.Length > LongestPlain + 1 ? [] : Plain.Index().Where(pair => IsNear(pair.Item, typed)).Select(static pair => pair.Index);

    private static bool IsNear(string word, string typed)
    {
        if (Math.Abs(word.Length - typed.Length) > 1 || word == typed)
            return false;
        var start = 0;
        while (start < word.Length && start < typed.Length && word[start] == typed[start])
            start++;
        var ofWord = word.AsSpan(start);
        var ofTyped = typed.AsSpan(start);
        if (word.Length > typed.Length)
            return ofWord[1..].SequenceEqual(ofTyped);
        if (word.Length < typed.Length)
            return ofWord.SequenceEqual(ofTyped[1..]);
        return ofWord[1..].SequenceEqual(ofTyped[1..])
            || (ofWord.Length > 1 && ofWord[0] == ofTyped[1] && ofWord[1] == ofTyped[0] && ofWord[2..].SequenceEqual(ofTyped[2..]));
    }

    private static string[] Load()
    {
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream("eff-large.txt")!;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
