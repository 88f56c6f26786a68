using System.Text.Json.Nodes;

namespace Secrets.Crypto.Tests.Vectors;

/// <summary>What a vector is made from.</summary>
internal sealed class VectorInput(string operation, string comment, JsonObject input)
{
    public string Operation { get; } = operation;

    public string Comment { get; } = comment;

    public JsonObject In { get; } = input;
}
