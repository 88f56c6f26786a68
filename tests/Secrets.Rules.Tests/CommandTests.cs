using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Secrets.Rules.Tests;

/// <summary>The commands that documents tell people to type exist, with the options they show.</summary>
public sealed partial class CommandTests
{
    /// <summary>Verbs of the launcher itself.</summary>
    private static readonly string[] Launcher = ["up", "down", "relay", "web-hash", "web-sign", "verify-host"];

    private static readonly string[] Documents = ["README.md", "SECURITY.md", "CONTRIBUTING.md"];

    private readonly Dictionary<string, string> _help = new(StringComparer.Ordinal);

    [Fact]
    public void Commands_in_documents_exist()
    {
        var faults = Documents.Concat(Tree.Files("docs/guide", ".md"))
            .SelectMany(path => Command().Matches(Tree.Text(path)).Select(match => match.Groups[1].Value)
                .Select(line => (line, fault: Fault(line))).Where(found => found.fault is not null)
                .Select(found => $"{path}: ./secrets {found.line}: {found.fault}"));

        Faults.None("A command in a document exists. Not so:", faults.ToList());
    }

    private string? Fault(string line)
    {
        var words = Quoted().Replace(line.Split('#')[0], "TEXT").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || Launcher.Contains(words[0], StringComparer.Ordinal))
            return null;
        var path = "";
        foreach (var word in words.TakeWhile(word => LowerCase().IsMatch(word)))
        {
            if (!Lists(path, word))
                return path.Length == 0 ? $"there is no verb {word}" : Options(path, words);
            path = $"{path} {word}".Trim();
        }
        return Options(path, words);
    }

    private string? Options(string path, string[] words) =>
        words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.Split('=')[0].TrimEnd('.', ',', ';'))
            .Where(option => option is not "--help" && !Regex.IsMatch(Help(path), $@"(?<![\w-]){option}(?![\w-])"))
            .Select(option => $"there is no {option}").FirstOrDefault();

    /// <summary>True if the help of a verb lists a verb below it.</summary>
    private bool Lists(string path, string verb) => Regex.IsMatch(Help(path), $@"^\s+{Regex.Escape(verb)}\b", RegexOptions.Multiline);

    private string Help(string path)
    {
        if (_help.TryGetValue(path, out var known))
            return known;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Secrets.Console.dll"));
        foreach (var word in path.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            start.ArgumentList.Add(word);
        start.ArgumentList.Add("--help");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"secrets {path} --help ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");
        return _help[path] = text;
    }

    [GeneratedRegex(@"(?:^|`)\./secrets ([^\n`]*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex LowerCase();
}
