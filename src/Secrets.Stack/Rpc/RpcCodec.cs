using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Secrets.Stack;

/// <summary>Values of C# types as values of the wire and back, without reflection.</summary>
/// <remarks>Strings, numbers, booleans, bytes, <see cref="JsonNode"/> and <see cref="RpcValue"/> are known; other types need a <see cref="JsonSerializerContext"/>.</remarks>
internal sealed class RpcCodec(JsonSerializerContext? context)
{
    /// <summary>A value to send.</summary>
    /// <exception cref="NotSupportedException">The type is not known.</exception>
    public RpcValue Write<T>(T value)
    {
        if (value is byte[] bytes)
            return Binary(bytes);
        if (value is ReadOnlyMemory<byte> memory)
            return Binary(memory);
        return value switch
        {
            null => default,
            RpcValue known => known,
            string text => RpcValue.FromText(text),
            JsonNode node => RpcValue.FromJson(node),
            bool flag => RpcValue.FromJson(JsonValue.Create(flag)),
            int number => RpcValue.FromJson(JsonValue.Create(number)),
            long number => RpcValue.FromJson(JsonValue.Create(number)),
            uint number => RpcValue.FromJson(JsonValue.Create(number)),
            ulong number => RpcValue.FromJson(JsonValue.Create(number)),
            double number => RpcValue.FromJson(JsonValue.Create(number)),
            float number => RpcValue.FromJson(JsonValue.Create(number)),
            decimal number => RpcValue.FromJson(JsonValue.Create(number)),
            _ => RpcValue.FromJson(JsonSerializer.SerializeToNode(value, TypeOf<T>())),
        };
    }

    /// <summary>A value as an argument, which is JSON: bytes as JavaScript writes them within it.</summary>
    /// <exception cref="NotSupportedException">The type is not known.</exception>
    public JsonNode? WriteArgument<T>(T value)
    {
        var written = Write(value);
        var node = written.Kind == RpcKind.Binary ? WriteBuffer(written.Binary.Span) : written.Json;
        return node?.Parent is null ? node : node.DeepClone();
    }

    /// <summary>A received value as a type; false if it isn't one.</summary>
    /// <exception cref="NotSupportedException">The type is not known.</exception>
    public bool TryRead<T>(in RpcValue value, out T result)
    {
        result = default!;
        if (typeof(T) == typeof(RpcValue))
            return Is(value, out result);
        if (typeof(T) == typeof(string))
            return value.Text is { } text ? Is(text, out result) : IsNull(value);
        if (typeof(T) == typeof(byte[]))
            return TryReadBytes(value, out var bytes) ? Is(bytes.ToArray(), out result) : IsNull(value);
        if (typeof(T) == typeof(ReadOnlyMemory<byte>))
            return TryReadBytes(value, out var memory) && Is(memory, out result);
        if (typeof(JsonNode).IsAssignableFrom(typeof(T)))
            return value.Json is T node ? Is(node, out result) : IsNull(value);
        if (IsPrimitive(typeof(T)))
            return value.Json is JsonValue json && json.TryGetValue(out result!);
        return TryReadObject(value, out result);
    }

    private static bool IsPrimitive(Type type) =>
        type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(uint) || type == typeof(ulong)
        || type == typeof(double) || type == typeof(float) || type == typeof(decimal);

    private static bool Is<TValue, T>(TValue value, out T result)
    {
        result = (T)(object)value!;
        return true;
    }

    private static bool IsNull(in RpcValue value) => value.Kind == RpcKind.Json && value.Json is null;

    /// <summary>Empty bytes have no body that can be sent; then they are what JavaScript makes of bytes within JSON.</summary>
    private static RpcValue Binary(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty ? RpcValue.FromJson(WriteBuffer(bytes.Span)) : RpcValue.FromBinary(bytes);

    /// <summary>Bytes within JSON, as JavaScript writes them: <c>{"type":"Buffer","data":[…]}</c>.</summary>
    public static JsonObject WriteBuffer(ReadOnlySpan<byte> bytes)
    {
        var data = new JsonArray();
        foreach (var value in bytes)
            data.Add((JsonNode?)JsonValue.Create(value));
        return new JsonObject { ["type"] = "Buffer", ["data"] = data };
    }

    private static bool TryReadBytes(in RpcValue value, out ReadOnlyMemory<byte> bytes)
    {
        bytes = value.Binary;
        if (value.Kind == RpcKind.Binary)
            return true;
        if (value.Json is not JsonObject { Count: 2 } buffer || PacketBody.ReadText(buffer["type"]) != "Buffer" || buffer["data"] is not JsonArray data)
            return false;
        var copy = new byte[data.Count];
        for (var i = 0; i < copy.Length; i++)
        {
            if (data[i] is not JsonValue number || !number.TryGetValue(out copy[i]))
                return false;
        }

        bytes = copy;
        return true;
    }

    private bool TryReadObject<T>(in RpcValue value, out T result)
    {
        result = default!;
        if (value.Kind == RpcKind.Binary)
            return false;
        try
        {
            result = JsonSerializer.Deserialize(value.Json, TypeOf<T>())!;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // the latter of half of a surrogate pair, which is well-formed JSON
            return false;
        }
    }

    private JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>?)context?.GetTypeInfo(typeof(T))
        ?? throw new NotSupportedException($"{typeof(T).Name} is not in the JSON context of the stack's options.");
}
