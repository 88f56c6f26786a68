using System.Text.Json.Serialization;

namespace Secrets.Protocol.Tests.Chains;

/// <summary>A case of a vector file.</summary>
internal sealed class VectorEntry
{
    [JsonPropertyName("id")] public required string Id { get; init; }
    [JsonPropertyName("operation")] public required string Operation { get; init; }
    [JsonPropertyName("comment")] public string Comment { get; init; } = "";
    [JsonPropertyName("in")] public required Dictionary<string, string> In { get; init; }
    [JsonPropertyName("expect")] public required string Expect { get; init; }
    [JsonPropertyName("out")] public Dictionary<string, string> Out { get; set; } = [];
}
