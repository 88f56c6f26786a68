using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>What a packet asks for: a method, its arguments and, for a stream, its type.</summary>
/// <remarks>Spec: docs/protocol/stack.md §3.4.</remarks>
internal sealed class RpcRequest
{
    private RpcRequest(string path, JsonArray arguments, string? type, bool knowsExtension, long credit)
    {
        KnowsExtension = knowsExtension;
        Credit = credit;
        Path = path;
        Arguments = arguments;
        Type = type;
    }

    /// <summary>The method, with dots.</summary>
    public string Path { get; }

    /// <summary>The method as error messages write it, with commas.</summary>
    public string Display => Path.Replace('.', ',');

    public JsonArray Arguments { get; }

    /// <summary>The type, if the request names one.</summary>
    public string? Type { get; }

    /// <summary>True if the other side says that it knows extension packets.</summary>
    public bool KnowsExtension { get; }

    /// <summary>What the opener takes of the stream before it says more; -1 if it doesn't say.</summary>
    public long Credit { get; }

    /// <summary>Reads a request that is JSON; false with what is wrong with it.</summary>
    public static bool TryRead(JsonNode? node, out RpcRequest? request, out string message)
    {
        request = null;
        message = "invalid request, should be an object";
        if (node is not JsonObject body)
            return false;
        message = "invalid request, name should be a path";
        if (!TryReadPath(body["name"], out var path))
            return false;
        message = "invalid request, args should be array";
        if (body["args"] is not JsonArray arguments)
            return false;
        request = new RpcRequest(path, arguments, PacketBody.ReadText(body["type"]), ReadNumber(body["ext"]) == 1, ReadNumber(body["credit"]));
        return true;
    }

    /// <summary>Encodes a request.</summary>
    public static JsonObject Write(string path, JsonArray? arguments, string? type, bool saysExtension = false, long credit = -1)
    {
        var name = new JsonArray();
        foreach (var part in path.Split('.'))
            name.Add((JsonNode?)JsonValue.Create(part));
        var request = new JsonObject
        {
            ["name"] = name,
            ["args"] = arguments is null ? new JsonArray() : arguments.Parent is null ? arguments : arguments.DeepClone(),
        };
        if (type is not null)
            request["type"] = type;
        if (saysExtension)
            request["ext"] = 1;
        if (credit >= 0)
            request["credit"] = credit;
        return request;
    }

    private static long ReadNumber(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) && number >= 0 ? number : -1;

    private static bool TryReadPath(JsonNode? node, out string path)
    {
        path = "";
        if (node is JsonArray { Count: > 0 and <= MethodPath.MaxParts } parts)
        {
            var names = new string[parts.Count];
            for (var i = 0; i < names.Length; i++)
                names[i] = PacketBody.ReadText(parts[i]) ?? "";
            path = string.Join('.', names);
            return Array.TrueForAll(names, MethodPath.IsName);
        }

        path = PacketBody.ReadText(node) ?? "";
        return MethodPath.IsName(path);
    }
}
