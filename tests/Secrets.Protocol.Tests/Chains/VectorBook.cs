using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets.Protocol.Tests.Chains;

/// <summary>A file of vectors: every case is run as it stands; with SECRETS_WRITE_VECTORS=1 the file is written anew first.</summary>
internal sealed class VectorBook
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [JsonPropertyName("layer")] public required string Layer { get; init; }
    [JsonPropertyName("spec")] public required string Spec { get; init; }
    [JsonPropertyName("version")] public int Version { get; init; } = 1;
    [JsonPropertyName("source")] public required string Source { get; init; }
    [JsonPropertyName("cases")] public List<VectorEntry> Cases { get; init; } = [];

    public delegate (string Expect, Dictionary<string, string> Out) Runner(string operation, IReadOnlyDictionary<string, string> input);

    public static VectorBook Open(string layer, string spec) => new() { Layer = layer, Spec = spec, Source = $"tests/Secrets.Protocol.Tests, seeded randomness of docs/protocol/conventions.md" };

    public void Add(string operation, string comment, string expect, params (string Name, string Value)[] input) => Cases.Add(new VectorEntry
    {
        Id = $"{Layer}-{Cases.Count + 1:D3}",
        Operation = operation,
        Comment = comment,
        In = input.ToDictionary(i => i.Name, i => i.Value),
        Expect = expect,
    });

    public void Check(string name, int count, Runner run)
    {
        var path = Path.Combine(Root, "vectors", Layer, name);
        if (Environment.GetEnvironmentVariable("SECRETS_WRITE_VECTORS") == "1")
        {
            foreach (var entry in Cases)
            {
                var (expect, output) = run(entry.Operation, entry.In);
                Assert.Equal((entry.Id, entry.Comment, entry.Expect), (entry.Id, entry.Comment, expect));
                entry.Out = output;
            }

            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, JsonSerializer.Serialize(this, Options) + "\n");
        }

        var read = JsonSerializer.Deserialize<VectorBook>(File.ReadAllText(path))!;
        Assert.Equal((Layer, Spec, 1, count), (read.Layer, read.Spec, read.Version, read.Cases.Count));
        foreach (var entry in read.Cases)
        {
            var (expect, output) = run(entry.Operation, entry.In);
            Assert.Equal((entry.Id, entry.Expect), (entry.Id, expect));
            Assert.Equal(entry.Out.Select(o => (entry.Id, o.Key, o.Value)), output.Select(o => (entry.Id, o.Key, o.Value)));
        }
    }

    public static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Secrets.slnx")))
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException();
            return folder;
        }
    }

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
