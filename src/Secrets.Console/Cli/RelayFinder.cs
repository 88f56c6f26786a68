using System.Text.Json;
using Secrets.Stack;

namespace Secrets.Console.Cli;

/// <summary>Finds the relay of a new identity: SECRETS_RELAY, or the one on this machine; its key is pinned from then on.</summary>
internal static class RelayFinder
{
    private const string LocalPage = "http://127.0.0.1:7400";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The relay's multiserver address, or null with nobody there.</summary>
    public static async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        var wanted = Environment.GetEnvironmentVariable("SECRETS_RELAY");
        if (string.IsNullOrEmpty(wanted))
            return await AskAsync(LocalPage, cancellationToken).ConfigureAwait(false);
        if (wanted.StartsWith("http://", StringComparison.Ordinal) || wanted.StartsWith("https://", StringComparison.Ordinal))
            return await AskAsync(wanted, cancellationToken).ConfigureAwait(false) ?? throw new RefusedException("SECRETS_RELAY names a page at which no relay answers. Nothing was made.", ExitCode.NotReached);
        return Shorten(wanted) ?? throw new RefusedException("SECRETS_RELAY is neither a web address nor a relay's address.", ExitCode.Usage);
    }

    /// <summary>One way to the relay with its key: what fits into secrets. Null if it is no address.</summary>
    public static string? Shorten(string address) =>
        MultiserverAddress.TryParse(address, out var parsed) ? new MultiserverAddress(parsed.Key, parsed.Endpoints[0]).ToString() : null;

    private static async Task<string?> AskAsync(string page, CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient { Timeout = Patience };
            var answer = await http.GetStreamAsync(new Uri(page.TrimEnd('/') + "/relay.json"), cancellationToken).ConfigureAwait(false);
            await using (answer.ConfigureAwait(false))
            {
                using var json = await JsonDocument.ParseAsync(answer, cancellationToken: cancellationToken).ConfigureAwait(false);
                return json.RootElement.TryGetProperty("address", out var address) ? Shorten(address.GetString() ?? "") : null;
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or UriFormatException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
