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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enum.GetValues<ClientError>().Where(error => error != ClientError.None).Select(Of),
        .. Enum.GetValues<StoreError>().Where(error => error != StoreError.None).Select(Of),
        NotOpen,
        BadCommand,
        Failed,
    ];

    /// <summary>The name of a command's refusal.</summary>
    public static string Of(ClientError error) => Snake(error.ToString());

    /// <summary>The name of a store's refusal.</summary>
    public static string Of(StoreError error) => OfStore + Snake(error.ToString());

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
