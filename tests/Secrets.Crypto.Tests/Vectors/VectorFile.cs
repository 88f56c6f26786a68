using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.Crypto.Tests.Vectors;

/// <summary>One file of vectors: cases of what goes in and must come out, readable from any language.</summary>
internal static class VectorFile
{
    private const string Spec = "docs/protocol/primitives.md";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string PathOf(string name) => Path.Combine(Published.Root, "vectors", "primitives", name + ".json");

    public static JsonArray ReadCases(string name)
    {
        var file = JsonNode.Parse(File.ReadAllText(PathOf(name)))!.AsObject();
        Assert.Equal("primitives", (string?)file["layer"]);
        Assert.Equal(Spec, (string?)file["spec"]);
        Assert.Equal(1, (int?)file["version"]);
        return file["cases"]!.AsArray();
    }

    /// <summary>The text of a file: runs every input of the generator's.</summary>
    public static async Task<string> GenerateAsync(string name, IReadOnlyList<VectorInput> inputs)
    {
        var text = new StringBuilder();
        text.Append("{\n  \"layer\": \"primitives\",\n  \"spec\": \"").Append(Spec).Append("\",\n  \"version\": 1,\n")
            .Append("  \"source\": \"tests/Secrets.Crypto.Tests/Vectors\",\n  \"cases\": [\n");
        for (var i = 0; i < inputs.Count; i++)
        {
            var (expect, output) = await PrimitiveOperations.RunAsync(inputs[i].Operation, inputs[i].In);
            var entry = new JsonObject
            {
                ["id"] = $"{name}-{i + 1:000}",
                ["operation"] = inputs[i].Operation,
                ["comment"] = inputs[i].Comment,
                ["in"] = inputs[i].In.DeepClone(),
                ["expect"] = expect,
                ["out"] = output,
            };
            text.Append("    ").Append(entry.ToJsonString(Options)).Append(i + 1 < inputs.Count ? ",\n" : "\n");
        }
        return text.Append("  ]\n}\n").ToString();
    }
}
