using System.Reflection;
using System.Text;

namespace Secrets.Rules.Tests;

/// <summary>Every refusal has a name in an enum, in docs/protocol/errors.md and in its layer's document.</summary>
public sealed class ErrorTests
{
    private const string Document = "docs/protocol/errors.md";

    /// <summary>Set to 1, the table is written instead of compared.</summary>
    private const string Switch = "SECRETS_WRITE_API";

    private static readonly string[] Pure = ["Secrets.Crypto", "Secrets.Transport", "Secrets.Protocol", "Secrets.Stack", "Secrets.Store"];

    [Fact]
    public void The_table_of_errors_is_the_enums()
    {
        var now = Table();
        if (Environment.GetEnvironmentVariable(Switch) == "1")
            File.WriteAllText(Path.Combine(Tree.Root, Document), now);

        Assert.True(Tree.Exists(Document) && Tree.Text(Document) == now, $"{Document} and the enums differ: {Switch}=1, run this test, look at the difference, commit it.");
    }

    [Fact]
    public void The_document_of_a_layer_names_each_of_its_errors()
    {
        var faults = new List<string>();
        foreach (var error in Errors())
        {
            var folder = "src/" + error.Namespace!.Replace("Secrets.Transport.", "Secrets.Transport/", StringComparison.Ordinal)
                .Replace("Secrets.Protocol.", "Secrets.Protocol/", StringComparison.Ordinal);
            var layer = Layer.All.Where(layer => folder.StartsWith(layer.Code, StringComparison.Ordinal) || layer.Inside == folder).MaxBy(layer => layer.Code.Length);
            if (layer is null || !Tree.Exists(layer.Document))
                continue;
            var text = Tree.Text(layer.Document);
            faults.AddRange(Enum.GetNames(error).Where(name => name != "None" && !text.Contains(name, StringComparison.Ordinal))
                .Select(name => $"{layer.Document} does not name {error.Name}.{name}"));
        }

        Faults.None("A document names every error of its layer. Not so:", faults);
    }

    private static IEnumerable<Type> Errors() => Assemblies.Types(Pure.Select(Assembly.Load))
        .Where(type => type is { IsEnum: true, IsPublic: true } && type.Name.EndsWith("Error", StringComparison.Ordinal))
        .OrderBy(type => type.Namespace, StringComparer.Ordinal).ThenBy(type => type.Name, StringComparer.Ordinal);

    private static string Table()
    {
        var text = new StringBuilder("""
            # Errors

            Every refusal of the pure layers, the stack and the store: its number, its name, its meaning. Numbers are permanent.
            Vectors name an expected error by these names; what the peer sees of one (mostly nothing) is in section 5 of the layer's
            document. The rules test writes this page from the enums.

            """.Replace("\r", "", StringComparison.Ordinal));
        foreach (var error in Errors())
        {
            var comments = Comments.Of(error.Assembly);
            text.Append('\n').Append("## ").Append(error.Name).Append("\n\n")
                .Append(comments.GetValueOrDefault("T:" + error.FullName)).Append("\n\n| number | name | meaning |\n|---|---|---|\n");
            foreach (var field in error.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                text.Append("| ").Append(Convert.ToInt64(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)).Append(" | `").Append(field.Name)
                    .Append("` | ").Append(comments.GetValueOrDefault($"F:{error.FullName}.{field.Name}")).Append(" |\n");
            }
        }
        return text.ToString();
    }
}
