using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>Errors on the wire: <c>{"message":…,"name":…}</c>.</summary>
/// <remarks>Spec: docs/protocol/stack.md §3.4.</remarks>
internal static class RpcError
{
    /// <summary>What the caller of a method that failed with anything else than an <see cref="RpcException"/> sees.</summary>
    public const string InternalMessage = "internal error";

    private const int MaxLength = 1024;

    public static RpcException Internal => new(InternalMessage);

    /// <summary>What the other side of a stream is told whose items were not all sent: it must not take them for the whole.</summary>
    public static RpcException NotAll => new("AbortError", "not all was sent");

    /// <summary>Encodes an error.</summary>
    public static void Write(IBufferWriter<byte> writer, RpcException error)
    {
        using var json = new Utf8JsonWriter(writer);
        json.WriteStartObject();
        json.WriteString("message"u8, Shorten(error.Message));
        json.WriteString("name"u8, Shorten(error.Name));
        json.WriteEndObject();
    }

    /// <summary>Reads the body of an end: null for a peaceful one, which is <c>true</c>.</summary>
    public static RpcException? ReadEnd(RpcItem item) => item.Kind == RpcKind.Json && item.Body.Span.SequenceEqual("true"u8) ? null : Read(item);

    /// <summary>Reads an error; what isn't understood has the default name and no message.</summary>
    public static RpcException Read(RpcItem item)
    {
        if (item.Kind == RpcKind.Text && PacketBody.TryRead(RpcKind.Text, item.Body.Span, out var text, out _))
            return new RpcException(Shorten(text.Text!));
        if (item.Kind != RpcKind.Json || !PacketBody.TryReadJson(item.Body.Span, out var node))
            return new RpcException("");
        if (node is not JsonObject error)
            return new RpcException(Shorten(PacketBody.ReadText(node) ?? ""));
        return new RpcException(Shorten(PacketBody.ReadText(error["name"]) ?? RpcException.DefaultName), Shorten(PacketBody.ReadText(error["message"]) ?? ""));
    }

    private static string Shorten(string text) => text.Length <= MaxLength ? text : text[..MaxLength];
}
