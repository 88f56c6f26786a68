using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets.Client.Api;

/// <summary>An enum as the lower-case name of its member, words joined by underscores.</summary>
internal sealed class SnakeCaseJson<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
