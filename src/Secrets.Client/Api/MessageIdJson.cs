using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets.Client.Api;

/// <summary>A message's id as 32 hexadecimal digits.</summary>
internal sealed class MessageIdJson : JsonConverter<MessageId>
{
    public override MessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        MessageId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, MessageId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Format());
}
