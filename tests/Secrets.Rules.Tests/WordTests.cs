using System.Text.RegularExpressions;

namespace Secrets.Rules.Tests;

/// <summary>One word for one thing, nothing unfinished, and the project speaks only of itself.</summary>
public sealed partial class WordTests
{
    private static readonly string[] Folders = ["src", "tests", "docs", "tools", "benchmarks", "deploy", "vectors", "web"];

    private static readonly string[] Extensions = [".cs", ".md", ".csproj", ".props", ".targets", ".js", ".mjs", ".ts", ".tsx", ".css", ".ftl", ".html", ".sh", ".service", ".json", ".txt", ""];

    [Fact]
    public void Nothing_is_left_to_be_done()
    {
        Faults.None("Nothing is left to be done. Not so:", Find(Unfinished()));
    }

    [Fact]
    public void The_project_speaks_only_of_itself()
    {
        Faults.None("The project speaks only of itself. Not so:", Find(Foreign()));
    }

    [Fact]
    public void Lock_files_name_no_host()
    {
        var faults = Tree.Files("", ".json").Where(path => Path.GetFileName(path) is "package-lock.json")
            .SelectMany(path => Tree.Lines(path).Where(line => line.Contains("\"resolved\":", StringComparison.Ordinal)).Select(line => $"{path}: {line.Trim()}"));

        Faults.None("Lock files name no host: packages come from wherever the person who builds gets them. Not so:", faults);
    }

    [Fact]
    public void One_word_for_one_thing()
    {
        var faults = Tree.Files("docs", ".md").Concat(Tree.Sources("src")).Where(path => !path.StartsWith("docs/design/", StringComparison.Ordinal))
            .SelectMany(path => Tree.Lines(path).Where(line => OtherWords().IsMatch(line)).Select(line => $"{path}: {line.Trim()}"));

        Faults.None("One word for one thing. Not so:", faults);
    }

    private static IEnumerable<string> Find(Regex words) =>
        Folders.SelectMany(folder => Tree.Files(folder, Extensions)).Concat(Tree.Files("", ".md").Where(path => !path.Contains('/', StringComparison.Ordinal)))
            .Where(path => Path.GetFileName(path) is not ("WordTests.cs" or "package-lock.json" or "packages.lock.json"))
            .SelectMany(path => Tree.Lines(path).Where(line => words.IsMatch(line)).Select(line => $"{path}: {line.Trim()}"));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b|\bcoming soon\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bissue #?[0-9]|\bhttps?://(registry|api)\.")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\brelay server|\bmailbox|\binvitation|\brecords? [Ss]truct\b.*secret|\baddress ?book", RegexOptions.IgnoreCase)]
    private static partial Regex OtherWords();
}
