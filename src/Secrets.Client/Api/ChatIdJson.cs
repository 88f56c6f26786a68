using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets.Client.Api;

/// <summary>A chat's id as 32 hexadecimal digits.</summary>
internal sealed class ChatIdJson : JsonConverter<ChatId>
{
    public override ChatId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ChatId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, ChatId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Format());
}
