using System.Text.RegularExpressions;

namespace Secrets.Rules.Tests;

/// <summary>Domain separation (E-10, E-62, decision 28): one label, one use, written down.</summary>
public sealed partial class LabelTests
{
    [Fact]
    public void E10_E62_A_label_stands_in_one_file_of_the_source()
    {
        var faults = Labels().GroupBy(label => label.Text, StringComparer.Ordinal).Where(group => group.Select(label => label.Path).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(label => label.Path))}");

        Faults.None("A label stands in one file of the source. Not so:", faults);
    }

    [Fact]
    public void E10_E62_A_label_that_is_registered_is_used()
    {
        var faults = Labels().Where(label => Path.GetFileName(label.Path) == "Labels.cs")
            .Where(label => !Tree.Sources(Path.GetDirectoryName(label.Path)!)
                .Any(source => source != label.Path && Regex.IsMatch(Tree.Text(source), $@"\bLabels\.{label.Constant}\b")))
            .Select(label => $"{label.Text} of {label.Path}");

        Faults.None("A label is used. Not so:", faults);
    }

    [Fact]
    public void A_label_names_the_project_and_a_version()
    {
        var faults = Labels().Where(label => !Form().IsMatch(label.Text)).Select(label => $"{label.Text} of {label.Path}");

        Faults.None("A label is secrets/VERSION/PURPOSE in lower case. Not so:", faults);
    }

    [Fact]
    public void Every_label_is_written_in_a_document()
    {
        var documents = string.Concat(Tree.Files("docs", ".md").Select(Tree.Text));
        // the engine's labels name things within one's own store, which no other program reads
        var faults = Labels().Where(label => !label.Path.StartsWith("src/Secrets.Client/Engine/", StringComparison.Ordinal) && !documents.Contains(label.Text, StringComparison.Ordinal)).Select(label => $"{label.Text} of {label.Path}");

        Faults.None("Every label is written in a document. Not so:", faults);
    }

    private static IEnumerable<Found> Labels() => Tree.Sources().SelectMany(path => Tree.Lines(path)
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .SelectMany(line => Literal().Matches(line).Select(match => new Found(match.Groups[1].Value, path, Constant().Match(line).Groups[1].Value))));

    [GeneratedRegex("\"(secrets/[^\"]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(\w+)\s*=>")]
    private static partial Regex Constant();

    [GeneratedRegex("^secrets/[0-9]+(/[a-z0-9-]+)+/?$")]
    private static partial Regex Form();

    private sealed record Found(string Text, string Path, string Constant);
}
