using System.Text;

namespace Secrets.Console.Tests.Support;

/// <summary>Splits a line into words as a shell does, with double quotes and nothing else.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Of(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false, any = false;
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                quoted = !quoted;
                any = true;
            }
            else if (letter == ' ' && !quoted)
            {
                if (any)
                    words.Add(word.ToString());
                _ = word.Clear();
                any = false;
            }
            else
            {
                _ = word.Append(letter);
                any = true;
            }
        }
        if (any)
            words.Add(word.ToString());
        return words;
    }
}
