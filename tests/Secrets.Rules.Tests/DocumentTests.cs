using System.Text.RegularExpressions;

namespace Secrets.Rules.Tests;

/// <summary>What a document names exists: links, paths, tests, commands.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] RootFiles = ["README.md", "SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md"];

    /// <summary>Folders whose paths may stand in a document.</summary>
    private static readonly string[] Tops = ["src/", "docs/", "tests/", "tools/", "vectors/", "benchmarks/", "deploy/"];

    private static IEnumerable<string> Documents => Tree.Files("docs", ".md").Concat(RootFiles.Where(Tree.Exists))
        .Concat(Tree.Files("benchmarks", ".md")).Concat(Tree.Files("deploy", ".md")).Concat(Tree.Files("vectors", ".md"));

    [Fact]
    public void The_files_of_the_house_are_there()
    {
        Assert.All(RootFiles.Append("LICENSE"), name => Assert.True(Tree.Exists(name), name));
        Assert.StartsWith("GNU AFFERO GENERAL PUBLIC LICENSE", Tree.Text("LICENSE").TrimStart(), StringComparison.Ordinal);
        Assert.Contains("AGPL-3.0-or-later", Tree.Text("README.md"), StringComparison.Ordinal);
        Assert.Contains("<PackageLicenseExpression>AGPL-3.0-or-later<", Tree.Text("Directory.Build.props"), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_lead_somewhere()
    {
        var faults = Documents.SelectMany(path => Link().Matches(Tree.Text(path)).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !Leads(path, target)).Select(target => $"{path} → {target}"));

        Faults.None("Links lead somewhere. Not so:", faults);
    }

    [Fact]
    public void Paths_in_code_quotes_exist()
    {
        var faults = Documents.Where(path => path != "CHANGELOG.md").SelectMany(path => Quoted().Matches(Tree.Text(path)).Select(match => match.Groups[1].Value)
            .Where(text => Tops.Any(top => text.StartsWith(top, StringComparison.Ordinal)) && text.IndexOfAny(['*', '<', ' ', '…', '{']) < 0)
            .Select(text => text.Split('#', '§')[0].TrimEnd('/', '.', ','))
            .Where(text => !text.Split('/').Any(part => part.Length > 1 && part.All(char.IsUpper)))
            .Where(text => !Tree.Exists(text)).Select(text => $"{path} names {text}"));

        Faults.None("Paths in code quotes exist. Not so:", faults);
    }

    [Fact]
    public void Tests_named_in_documents_exist()
    {
        var known = Tree.Sources("tests").SelectMany(path => Method().Matches(Tree.Text(path)).Select(match => match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var faults = Documents.SelectMany(path => TestName().Matches(Tree.Text(path)).Select(match => match.Groups[1].Value)
            .Where(name => !known.Contains(name)).Select(name => $"{path} names {name}"));

        Faults.None("Tests named in documents exist. Not so:", faults);
    }

    [Fact]
    public void Scripts_named_in_documents_exist()
    {
        var faults = Documents.SelectMany(path => Script().Matches(Tree.Text(path)).Select(match => match.Groups[1].Value)
            .Where(name => !Tree.Exists(name) && name is not ("alice" or "bob" or "data" or "laptop")).Select(name => $"{path} names ./{name}"));

        Faults.None("Scripts named in documents exist. Not so:", faults);
    }

    private static bool Leads(string document, string target)
    {
        var parts = target.Split('#');
        var file = parts[0].Length == 0 ? document : Path.GetRelativePath(Tree.Root, Path.GetFullPath(Path.Combine(Tree.Root, Path.GetDirectoryName(document)!, parts[0])));
        if (!Tree.Exists(file))
            return false;
        return parts.Length == 1 || !file.EndsWith(".md", StringComparison.Ordinal)
            || Tree.Lines(file).Any(line => line.StartsWith('#') && Anchor(line) == parts[1]);
    }

    private static string Anchor(string heading)
    {
        var text = heading.TrimStart('#').Trim().ToLowerInvariant();
        return new string([.. text.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_').Select(letter => letter == ' ' ? '-' : letter)]);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?:void|Task)\s+(\w+)\s*\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"`([A-Z](?=[A-Z0-9_]*[a-z])\w*(?:_\w+){3,})`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"(?<![\w/.])\./([a-z][\w-]*)\b(?![/.])")]
    private static partial Regex Script();
}
