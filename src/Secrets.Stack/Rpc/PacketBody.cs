using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>The bodies of packets: JSON, text and bytes.</summary>
/// <remarks>Spec: docs/protocol/stack.md §3.4.</remarks>
internal static class PacketBody
{
    /// <summary>How deep received JSON may be nested.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly JsonWriterOptions WriteOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 0 };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes and copies a body; false with the reason for what isn't what it says.</summary>
    public static bool TryRead(RpcKind kind, ReadOnlySpan<byte> body, out RpcValue value, out StackError error)
    {
        value = default;
        error = StackError.None;
        switch (kind)
        {
            case RpcKind.Binary:
                value = RpcValue.FromReceived(body.ToArray());
                return true;
            case RpcKind.Text when System.Text.Unicode.Utf8.IsValid(body):
                value = RpcValue.FromText(Utf8.GetString(body));
                return true;
            case RpcKind.Text:
                error = StackError.BadText;
                return false;
            case RpcKind.Json when TryReadJson(body, out var node):
                value = RpcValue.FromJson(node);
                return true;
            default:
                error = StackError.BadJson;
                return false;
        }
    }

    /// <summary>Decodes JSON; false for anything that isn't exactly one value.</summary>
    public static bool TryReadJson(ReadOnlySpan<byte> body, out JsonNode? node)
    {
        node = null;
        if (!System.Text.Unicode.Utf8.IsValid(body))
            return false;
        try
        {
            node = JsonNode.Parse(body, nodeOptions: null, ReadOptions);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // the latter of a name with half of a surrogate pair, which is compared with the others
            return false;
        }
    }

    /// <summary>The text of a JSON value; null if it is another value, or has half of a surrogate pair.</summary>
    public static string? ReadText(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // an escaped lone surrogate is well-formed JSON that no string can hold
            return null;
        }
    }

    /// <summary>Encodes a value; the kind may change, as an empty text travels as JSON.</summary>
    public static RpcKind Write(IBufferWriter<byte> writer, in RpcValue value)
    {
        switch (value.Kind)
        {
            case RpcKind.Binary:
                writer.Write(value.Binary.Span);
                return RpcKind.Binary;
            case RpcKind.Text when value.Text!.Length > 0:
                _ = Encoding.UTF8.GetBytes(value.Text, writer);
                return RpcKind.Text;
            case RpcKind.Text:
                writer.Write("\"\""u8);
                return RpcKind.Json;
            case RpcKind.Json:
                WriteJson(writer, value.Json);
                return RpcKind.Json;
            default:
                throw new ArgumentOutOfRangeException(nameof(value));
        }
    }

    private static void WriteJson(IBufferWriter<byte> writer, JsonNode? node)
    {
        using var json = new Utf8JsonWriter(writer, WriteOptions);
        if (node is null)
            json.WriteNullValue();
        else
            node.WriteTo(json);
    }
}
