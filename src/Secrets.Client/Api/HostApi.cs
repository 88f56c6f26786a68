using Secrets.Client.Hosting;

namespace Secrets.Client.Api;

/// <summary>The commands of a place with several identities: making, opening, moving, deleting them.</summary>
public static class HostApi
{
    private static readonly ApiJson Json = ApiJson.Default;

    private static readonly ApiCommand<ClientHost>[] All =
    [
        ApiCommand<ClientHost>.Gives("host.show", "What is kept here, and what is open.", Json.NoArguments, Json.HostView, static (host, _, stop) => host.ShowAsync(stop)),
        ApiCommand<ClientHost>.Gives("host.create", "Makes an identity and opens it.", Json.HostCreateArguments, Json.OpenIdentity, static (host, a, stop) => host.CreateAsync(a.Name, a.Password, a.Relay, a.Memory, stop)),
        ApiCommand<ClientHost>.Gives("host.open", "Opens an identity.", Json.HostOpenArguments, Json.OpenIdentity, static (host, a, stop) => host.OpenAsync(a.Id, a.Password, stop)),
        ApiCommand<ClientHost>.Takes("host.import", "Makes this place a new device of an exported identity.", Json.HostImportArguments, Json.OpenIdentity, static (host, a, file, stop) => host.ImportAsync(file, a.FilePassword, a.Password, a.Memory, stop)),
        ApiCommand<ClientHost>.GivesBytes("host.export", "The open identity as one encrypted file.", Json.HostExportArguments, Json.ExportView, static (host, a, stop) => host.ExportAsync(a.Password, a.Move, stop)),
        ApiCommand<ClientHost>.Does("host.lock", "Closes the open identity.", Json.NoArguments, static (host, _, stop) => host.LockAsync(stop)),
        ApiCommand<ClientHost>.Does("host.delete", "Deletes an identity from this place.", Json.HostIdentityArguments, static (host, a, stop) => host.DeleteAsync(a.Id, stop)),
        ApiCommand<ClientHost>.Gives("host.words", "A new password of words.", Json.HostWordsArguments, Json.WordsView, static (host, a, _) => ValueTask.FromResult(host.Words(a.Count))),
    ];

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, ApiCommand<ClientHost>> Commands { get; } = All.ToDictionary(command => command.Name, StringComparer.Ordinal);
}
