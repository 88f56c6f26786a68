using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets.Transport.Tests.Support;

/// <summary>A file of vectors: read and run, or, with SECRETS_WRITE_VECTORS=1, written anew from its inputs.</summary>
internal sealed class VectorFile
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [JsonPropertyName("layer")] public required string Layer { get; init; }
    [JsonPropertyName("spec")] public required string Spec { get; init; }
    [JsonPropertyName("version")] public int Version { get; init; } = 1;
    [JsonPropertyName("source")] public required string Source { get; init; }
    [JsonPropertyName("cases")] public required List<VectorCase> Cases { get; init; }

    public delegate (string Expect, Dictionary<string, string> Out) Runner(string operation, IReadOnlyDictionary<string, string> input);

    /// <summary>Runs every case of the file and compares; the number of cases is asserted.</summary>
    public static void Check(string layer, string name, string spec, string source, int count, Func<List<VectorCase>> inputs, Runner run)
    {
        var path = Path.Combine(Root, "vectors", layer, name);
        if (Environment.GetEnvironmentVariable("SECRETS_WRITE_VECTORS") == "1")
        {
            var cases = inputs();
            foreach (var vector in cases)
                (vector.Expect, vector.Out) = run(vector.Operation, vector.In);
            var file = new VectorFile { Layer = layer, Spec = spec, Source = source, Cases = cases };
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, JsonSerializer.Serialize(file, Options) + "\n");
        }

        var read = JsonSerializer.Deserialize<VectorFile>(File.ReadAllText(path))!;
        Assert.Equal(layer, read.Layer);
        Assert.Equal(1, read.Version);
        Assert.Equal(count, read.Cases.Count);
        Assert.Equal(count, read.Cases.Select(vector => vector.Id).Distinct().Count());
        foreach (var vector in read.Cases)
        {
            var (expect, output) = run(vector.Operation, vector.In);
            Assert.Equal((vector.Id, vector.Expect), (vector.Id, expect));
            Assert.Equal(vector.Out.Select(pair => (vector.Id, pair.Key, pair.Value)), output.Select(pair => (vector.Id, pair.Key, pair.Value)));
        }
    }

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Secrets.slnx")))
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException();
            return folder;
        }
    }
}

internal sealed class VectorCase
{
    [JsonPropertyName("id")] public required string Id { get; init; }
    [JsonPropertyName("operation")] public required string Operation { get; init; }
    [JsonPropertyName("comment")] public string Comment { get; init; } = "";
    [JsonPropertyName("in")] public required Dictionary<string, string> In { get; init; }
    [JsonPropertyName("expect")] public string Expect { get; set; } = "";
    [JsonPropertyName("out")] public Dictionary<string, string> Out { get; set; } = [];
}
