using System.Text.Json.Nodes;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests;

/// <summary>A file of vectors/stack.</summary>
internal static class VectorFile
{
    public static JsonObject[] Load(string name, int count)
    {
        var path = Path.Combine(NodePeer.Root(), "vectors", "stack", name);
        var cases = JsonNode.Parse(File.ReadAllText(path))!["cases"]!.AsArray().Select(node => node!.AsObject()).ToArray();
        Assert.Equal(count, cases.Length);
        return cases;
    }

    public static byte[] Hex(this JsonNode node, string name) => Convert.FromHexString((string)node[name]!);

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
