using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>A value that a call returns or a stream carries: JSON, text or bytes. <c>default</c> is JSON <c>null</c>.</summary>
public readonly struct RpcValue
{
    private readonly object? _value;
    private readonly ReadOnlyMemory<byte> _binary;

    private RpcValue(RpcKind kind, object? value, ReadOnlyMemory<byte> binary)
    {
        Kind = kind;
        _value = value;
        _binary = binary;
    }

    /// <summary>Which of the three it is.</summary>
    public RpcKind Kind { get; }

    /// <summary>The JSON value; null for JSON <c>null</c> and for the other kinds. Text is also given as a JSON string.</summary>
    public JsonNode? Json => Kind == RpcKind.Text ? JsonValue.Create((string)_value!) : _value as JsonNode;

    /// <summary>The text, of a JSON string too; otherwise null.</summary>
    public string? Text => Kind switch
    {
        RpcKind.Text => (string)_value!,
        RpcKind.Json => PacketBody.ReadText(_value as JsonNode),
        RpcKind.Binary => null,
    };

    /// <summary>The bytes; empty for the other kinds.</summary>
    public ReadOnlyMemory<byte> Binary => _binary;

    /// <summary>A JSON value; null is JSON <c>null</c>.</summary>
    public static RpcValue FromJson(JsonNode? value) => new(RpcKind.Json, value, default);

    /// <summary>A text.</summary>
    public static RpcValue FromText(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new RpcValue(RpcKind.Text, value, default);
    }

    /// <summary>Bytes, which must stay as they are until the value is sent.</summary>
    /// <exception cref="ArgumentException">There are none: an empty body is a goodbye to other peers.</exception>
    public static RpcValue FromBinary(ReadOnlyMemory<byte> value)
    {
        if (value.IsEmpty)
            throw new ArgumentException("An empty body can't be sent.", nameof(value));
        return new RpcValue(RpcKind.Binary, null, value);
    }

    /// <summary>The value as if it had travelled: JSON is bytes that were read again, so that each number can be asked for as any type that holds it.</summary>
    internal RpcValue AsReceived()
    {
        if (Kind != RpcKind.Json)
            return this;
        using var writer = new PooledWriter();
        _ = PacketBody.Write(writer, this);
        return PacketBody.TryReadJson(writer.Written, out var node) ? FromJson(node) : throw new RpcException("the answer is no JSON");
    }

    /// <summary>Received bytes, which may be none.</summary>
    internal static RpcValue FromReceived(ReadOnlyMemory<byte> value) => new(RpcKind.Binary, null, value);
}
