using System.Reflection;
using System.Text;
using System.Text.Json;
using Secrets.Client;
using Secrets.Client.Api;
using Secrets.Client.Events;
using Secrets.Client.Rooms;

namespace Secrets.Rules.Tests;

/// <summary>The client API as TypeScript declares it: made from the manifest, so that the page can't know another one.</summary>
internal sealed class ApiDeclaration
{
    private const string NoFields = "Record<string, never>";

    private static readonly NullabilityInfoContext Nullability = new();

    private readonly SortedDictionary<string, string> _types = new(StringComparer.Ordinal);

    public static string Write()
    {
        var declaration = new ApiDeclaration();
        var commands = new StringBuilder();
        foreach (var command in HostApi.Commands.Values)
            declaration.Add(commands, command);
        foreach (var command in ClientApi.Commands.Values)
            declaration.Add(commands, command);
        foreach (var command in RoomApi.Commands.Values)
            declaration.Add(commands, command);
        _ = declaration.NameOf(typeof(ClientEvent));
        _ = declaration.NameOf(typeof(RoomEvent));
        return $$"""
            // Made from the manifest of the client API by the rules' tests: SECRETS_WRITE_API=1 writes it anew.

            {{string.Join("\n\n", declaration._types.Values)}}

            /** Each command with what it takes and gives. */
            export interface Commands {
            {{commands.ToString().TrimEnd()}}
            }

            /** Why a command was refused. */
            export type ErrorCode = {{string.Join(" | ", ApiError.Names.Select(name => $"'{name}'"))}};

            """;
    }

    private void Add<TTarget>(StringBuilder text, ApiCommand<TTarget> command)
    {
        if (command.Bytes != ApiBytes.None)
            _ = text.Append(command.Bytes == ApiBytes.Taken ? "  /** takes bytes beside its arguments */\n" : "  /** gives bytes beside its result */\n");
        var result = command.Result is null ? "null" : NameOf(command.Result);
        _ = text.Append($"  '{command.Name}': {{ args: {Fields(command.Arguments, "; ")}; result: {result} }};\n");
    }

    private string Fields(Type type, string separator)
    {
        var fields = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken).Select(Field).ToArray();
        return fields.Length == 0 ? NoFields : $"{{ {string.Join(separator, fields)} }}";
    }

    private string Field(PropertyInfo property)
    {
        var type = NameOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        var isNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null || (!property.PropertyType.IsValueType && Nullability.Create(property).ReadState == NullabilityState.Nullable);
        return $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}: {type}{(isNullable ? " | null" : "")}";
    }

    private string NameOf(Type type)
    {
        if (type == typeof(string) || type == typeof(DateTimeOffset) || type == typeof(ChatId) || type == typeof(MessageId))
            return "string";
        if (type == typeof(bool))
            return "boolean";
        if (type == typeof(int) || type == typeof(long) || type == typeof(double))
            return "number";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return NameOf(type.GetGenericArguments()[0]) + "[]";
        if (_types.ContainsKey(type.Name))
            return type.Name;
        _types[type.Name] = "";
        _types[type.Name] = type.IsEnum
            ? $"export type {type.Name} = {string.Join(" | ", Enum.GetNames(type).Select(name => $"'{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}'"))};"
            : $"export interface {type.Name} {Fields(type, ";\n  ").Replace("{ ", "{\n  ", StringComparison.Ordinal).Replace(" }", ";\n}", StringComparison.Ordinal)}";
        return type.Name;
    }
}
