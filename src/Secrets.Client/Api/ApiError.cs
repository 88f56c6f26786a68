using System.Text.Json;
using Secrets.Store;

namespace Secrets.Client.Api;

/// <summary>The names of refusals, as every host gives them to programs.</summary>
public static class ApiError
{
    /// <summary>No identity is open.</summary>
    public const string NotOpen = "not_open";

    /// <summary>There is no such command, or its arguments can't be read.</summary>
    public const string BadCommand = "bad_command";

    /// <summary>Something went wrong that no refusal names.</summary>
    public const string Failed = "failed";

    private const string OfStore = "store_";

    /// <summary>Each name with a sentence about it.</summary>
    public static IReadOnlyDictionary<string, string> Sentences { get; } = new OrderedDictionary<string, string>(
    [
        .. Enum.GetValues<ClientError>().Where(error => error != ClientError.None).Select(error => KeyValuePair.Create(Of(error), new ClientException(error).Message)),
        .. Enum.GetValues<StoreError>().Where(error => error != StoreError.None).Select(error => KeyValuePair.Create(Of(error), new StoreException(error).Message)),
        KeyValuePair.Create(NotOpen, "No identity is open."),
        KeyValuePair.Create(BadCommand, "There is no such command, or its arguments can't be read."),
        KeyValuePair.Create(Failed, "Something went wrong that has no name."),
    ], StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Sentences.Keys];

    /// <summary>The name of a command's refusal.</summary>
    public static string Of(ClientError error) => Snake(error.ToString());

    /// <summary>The name of a store's refusal.</summary>
    public static string Of(StoreError error) => OfStore + Snake(error.ToString());

    /// <summary>The name for what a command threw; null if its caller stopped it.</summary>
    internal static string? Of(Exception thrown) => thrown switch
    {
        ClientException refusal => Of(refusal.Code),
        StoreException refusal => Of(refusal.Code),
        JsonException => BadCommand,
        IOException => Of(StoreError.WriteFailed),
        // closed while the command was on its way
        ObjectDisposedException => NotOpen,
        OperationCanceledException => null,
        _ => Failed,
    };

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
