namespace Secrets.Rules.Tests;

/// <summary>The lines `name: value` between two `---` at the head of a document.</summary>
internal static class FrontMatter
{
    /// <summary>Reads it; empty if there is none.</summary>
    public static Dictionary<string, string> Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = Tree.Lines(path);
        if (lines.Length == 0 || lines[0] != "---")
            return values;
        foreach (var line in lines.Skip(1).TakeWhile(line => line != "---"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                values[line[..colon].Trim()] = line[(colon + 1)..].Trim().Trim('[', ']', '"');
        }
        return values;
    }
}
