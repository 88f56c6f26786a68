using System.Text.RegularExpressions;

namespace Secrets.Web.Tests.Support;

/// <summary>The app's own sentences, by their names: a test says which sentence a person must see, not how it is worded today.</summary>
internal static partial class Catalogue
{
    private static readonly Dictionary<string, string> English = Read("en");
    private static readonly Dictionary<string, string> German = Read("de");
    private static readonly AsyncLocal<bool> IsGerman = new();

    /// <summary>From here on the test reads German.</summary>
    public static void ReadGerman() => IsGerman.Value = true;

    /// <summary>A sentence, with what it names filled in.</summary>
    public static string Text(string id, params (string Name, string Value)[] arguments)
    {
        var text = (IsGerman.Value ? German : English)[id];
        foreach (var (name, value) in arguments)
            text = Placeable().Replace(text, match => match.Groups[1].Value == name ? Isolated(value) : match.Value);
        Assert.False(Placeable().IsMatch(text), $"{id} names more: {text}");
        return text;
    }

    /// <summary>A value as it stands in a sentence: between marks that keep its direction to itself.</summary>
    public static string Isolated(string value) => $"\u2068{value}\u2069";

    private static Dictionary<string, string> Read(string language) => File.ReadLines(Path.Combine(Tree.Root, "web", "src", "messages", $"{language}.ftl"))
        .Select(line => Line().Match(line)).Where(line => line.Success)
        .ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value, StringComparer.Ordinal);

    [GeneratedRegex(@"^([a-z][a-z0-9-]*) = (.+)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"\{ \$([a-z]+) (?:\}|->$)")]
    private static partial Regex Placeable();
}
