using System.Reflection;
using System.Text;
using System.Text.Json;
using Secrets.Client;
using Secrets.Client.Api;
using Secrets.Client.Events;
using Secrets.Client.Rooms;

namespace Secrets.Rules.Tests;

/// <summary>The tables of docs/protocol/api.md: methods, types and refusals, made from the code and its comments.</summary>
internal sealed class ApiDocument
{
    private const string End = "<!-- end -->";

    private static readonly NullabilityInfoContext Nullability = new();

    private readonly Dictionary<string, string> _comments = Assemblies.All.Where(assembly => assembly.GetName().Name is "Secrets.Client" or "Secrets.Protocol")
        .SelectMany(Comments.Of).ToDictionary(StringComparer.Ordinal);

    private readonly SortedDictionary<string, string> _types = new(StringComparer.Ordinal);

    /// <summary>The document with its tables as they must be.</summary>
    public static string Fill(string document)
    {
        var writer = new ApiDocument();
        var commands = writer.Commands();
        _ = writer.NameOf(typeof(ClientEvent));
        _ = writer.NameOf(typeof(RoomEvent));
        document = Replace(document, "commands", commands);
        document = Replace(document, "types", string.Join("\n\n", writer._types.Values));
        return Replace(document, "refusals", Refusals());
    }

    private static string Replace(string document, string name, string text)
    {
        var mark = $"<!-- {name} -->\n";
        var start = document.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        var end = document.IndexOf(End, start, StringComparison.Ordinal);
        Assert.True(start >= mark.Length && end >= start, $"there is no place for {name}");
        return $"{document[..start]}{text}\n{document[end..]}";
    }

    private string Commands()
    {
        var text = new StringBuilder("| method | argument | answer | what it does |\n|---|---|---|---|");
        foreach (var command in ApiPlugin.Methods.Select(name => ClientApi.Commands.GetValueOrDefault(name)).OfType<ApiCommand<SecretsClient>>())
            Add(text, command);
        foreach (var command in ApiPlugin.Methods.Select(name => RoomApi.Commands.GetValueOrDefault(name)).OfType<ApiCommand<RoomClient>>())
            Add(text, command);
        return text.ToString();
    }

    private void Add<TTarget>(StringBuilder text, ApiCommand<TTarget> command)
    {
        var fields = string.Join("<br>", Properties(command.Arguments).Select(property => $"`{Snake(property.Name)}`: {TypeOf(property)}. {Comment(property)}"));
        _ = text.Append($"\n| `{command.Name}` | {fields} | {(command.Result is null ? "null" : NameOf(command.Result))} | {command.Teaches} |");
    }

    private static string Refusals()
    {
        var sentences = ApiError.Sentences.Append(KeyValuePair.Create(ApiPlugin.TooLarge, ApiPlugin.TooLargeSentence)).Append(KeyValuePair.Create(ApiPlugin.TooSlow, ApiPlugin.TooSlowSentence));
        return "| name | sentence |\n|---|---|\n" + string.Join('\n', sentences.Select(error => $"| `{error.Key}` | {error.Value} |"));
    }

    private string NameOf(Type type)
    {
        if (type == typeof(string) || type == typeof(ChatId) || type == typeof(MessageId))
            return "string";
        if (type == typeof(DateTimeOffset))
            return "time";
        if (type == typeof(bool))
            return "boolean";
        if (type == typeof(int) || type == typeof(long))
            return "number";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return $"list of {NameOf(type.GetGenericArguments()[0])}";
        if (_types.TryAdd(type.Name, ""))
            _types[type.Name] = $"**{type.Name}**: {_comments["T:" + type.FullName]}\n\n{(type.IsEnum ? Values(type) : Fields(type))}";
        return type.Name;
    }

    private string Values(Type type) => "| value | meaning |\n|---|---|\n" + string.Join('\n', Enum.GetNames(type).Select(name => $"| `{Snake(name)}` | {_comments[$"F:{type.FullName}.{name}"]} |"));

    private string Fields(Type type) =>
        "| name | type | meaning |\n|---|---|---|\n" + string.Join('\n', Properties(type).Select(property => $"| `{Snake(property.Name)}` | {TypeOf(property)} | {Comment(property)} |"));

    private string TypeOf(PropertyInfo property)
    {
        var nullable = Nullable.GetUnderlyingType(property.PropertyType);
        var isNullable = nullable is not null || (!property.PropertyType.IsValueType && Nullability.Create(property).ReadState == NullabilityState.Nullable);
        return NameOf(nullable ?? property.PropertyType) + (isNullable ? " or null" : "");
    }

    private string Comment(PropertyInfo property) => _comments[$"P:{property.DeclaringType!.FullName}.{property.Name}"];

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken);

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
