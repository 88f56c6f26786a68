using System.Text.Json;
using System.Text.RegularExpressions;

namespace Secrets.Rules.Tests;

/// <summary>A layer's specification, vectors, code and tests bear one name and agree.</summary>
public sealed partial class FourPlacesTests
{
    private static readonly string[] Sections = ["Goal and adversary", "Terms", "Formats", "Procedures", "Errors", "Limits", "Vectors", "Rationale", "History"];

    private static readonly string[] FrontMatterNames = ["layer", "version", "status", "code", "vectors"];

    /// <summary>xunit's rows.</summary>
    public static TheoryData<string> Names => [.. Layer.Built.Select(layer => layer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_has_its_document_vectors_and_tests(string name)
    {
        var layer = Of(name);

        Assert.True(Tree.Exists(layer.Document), layer.Document);
        Assert.True(Tree.Files(layer.Vectors, ".json").Any(), layer.Vectors);
        Assert.True(Tree.Sources(layer.Tests).Any(), layer.Tests);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_front_matter_of_a_document_is_complete_and_true(string name)
    {
        var layer = Of(name);
        if (!Tree.Exists(layer.Document))
            return;
        var values = FrontMatter.Read(layer.Document);

        Faults.None("The front matter of a document is complete and true. Not so:", FrontMatterNames.Except(values.Keys, StringComparer.Ordinal));
        Assert.Equal(layer.Name, values["layer"]);
        Assert.Matches("^[0-9]+$", values["version"]);
        foreach (var path in Paths(values["code"]).Concat(Paths(values["vectors"])))
            Assert.True(Tree.Exists(path), $"{layer.Document} names {path}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_document_has_its_sections_in_the_fixed_order(string name)
    {
        var layer = Of(name);
        if (!Tree.Exists(layer.Document))
            return;
        var headings = Tree.Lines(layer.Document).Select(line => Heading().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups[2].Value.Trim()).ToList();

        Assert.Equal(Sections, headings);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Vector_files_name_their_layer_and_the_version_of_their_document(string name)
    {
        var layer = Of(name);
        if (!Tree.Exists(layer.Document))
            return;
        var version = FrontMatter.Read(layer.Document).GetValueOrDefault("version");
        foreach (var path in Tree.Files(layer.Vectors, ".json"))
        {
            using var document = JsonDocument.Parse(Tree.Text(path));
            var root = document.RootElement;
            // values published by others are kept as they came, in folders of their own
            if (!root.TryGetProperty("layer", out var field))
                continue;

            Assert.Equal(layer.Name, field.GetString());
            Assert.StartsWith(layer.Document, root.GetProperty("spec").GetString(), StringComparison.Ordinal);
            Assert.Equal(version, root.GetProperty("version").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.NotEqual(0, root.GetProperty("cases").GetArrayLength());
        }
    }

    [Fact]
    public void The_id_of_a_vector_is_used_once()
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var path in Tree.Files("vectors", ".json"))
        {
            using var document = JsonDocument.Parse(Tree.Text(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("layer", out _)
                || !document.RootElement.TryGetProperty("cases", out var cases))
                continue;
            faults.AddRange(cases.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)
                .Where(id => !ids.TryAdd(id, path)).Select(id => $"{id} in {path} and {ids[id]}"));
        }

        Faults.None("The id of a vector is used once. Not so:", faults);
    }

    [Fact]
    public void Every_document_of_the_protocol_is_of_a_layer_or_of_all_of_them()
    {
        string[] common = ["conventions", "errors", "limits", "glossary"];
        var strays = Tree.Files("docs/protocol", ".md").Select(path => Path.GetFileNameWithoutExtension(path))
            .Except(common, StringComparer.Ordinal).Except(Layer.All.Select(layer => layer.Name), StringComparer.Ordinal);

        Faults.None("Every document of the protocol is of a layer or of all of them. Not so:", strays);
    }

    [Fact]
    public void Every_layer_folder_has_its_row()
    {
        string[] parents = ["src/Secrets.Transport", "src/Secrets.Protocol"];
        var folders = parents.SelectMany(Tree.Sources).Select(path => string.Join('/', path.Split('/').Take(3))).Distinct(StringComparer.Ordinal)
            .Where(path => !path.EndsWith(".cs", StringComparison.Ordinal));

        Faults.None("Every layer folder has its row. Not so:", folders.Except(Layer.All.Select(layer => layer.Code), StringComparer.Ordinal).Except(Layer.All.Select(layer => layer.Inside).OfType<string>(), StringComparer.Ordinal));
    }

    private static Layer Of(string name) => Layer.All.Single(layer => layer.Name == name);

    private static IEnumerable<string> Paths(string value) =>
        value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(path => path.Trim('"', '`').TrimEnd('/'));

    [GeneratedRegex(@"^## (?:§ ?)?([0-9]+)[.:]? (?:· )?(.+)$")]
    private static partial Regex Heading();
}
