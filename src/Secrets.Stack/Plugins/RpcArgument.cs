using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>What <c>help</c> says of an argument.</summary>
internal sealed class RpcArgument(string name, string type, string description)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    public string Description { get; } = description;

    /// <summary>The word for a type that a caller in another language understands.</summary>
    public static string NameOf(Type type)
    {
        if (type == typeof(string))
            return "string";
        if (type == typeof(bool))
            return "boolean";
        if (type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>))
            return "buffer";
        if (type == typeof(JsonArray))
            return "array";
        return type.IsPrimitive || type == typeof(decimal) ? "number" : typeof(JsonNode).IsAssignableFrom(type) && type != typeof(JsonObject) ? "any" : "object";
    }
}
