using Microsoft.Playwright;

namespace Secrets.Web.Tests.Support;

/// <summary>Watches all tabs and workers of a person: what they complain of, whom they ask, and what they are answered.</summary>
internal sealed class Witness
{
    // as a person's own browser says it when nobody answers at the relay's port
    private static readonly string[] RelayAway = ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_SOCKET_NOT_CONNECTED", "WebSocket connection to ", "MONO_WASM: WebSocket error"];

    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal)
    {
        ["content-security-policy"] = "require-trusted-types-for 'script'",
        ["cross-origin-opener-policy"] = "same-origin",
        ["cross-origin-embedder-policy"] = "require-corp",
        ["cross-origin-resource-policy"] = "same-origin",
        ["origin-agent-cluster"] = "?1",
        ["permissions-policy"] = "geolocation=()",
        ["referrer-policy"] = "no-referrer",
        ["x-content-type-options"] = "nosniff",
        ["x-frame-options"] = "DENY",
        ["x-dns-prefetch-control"] = "off",
    };

    private readonly string _name;
    private readonly string _address;
    private readonly Lock _gate = new();
    private readonly List<string> _faults = [];

    public Witness(string name, string address, IBrowserContext context)
    {
        _name = name;
        _address = address;
        context.Console += (_, message) => Heard(message);
        context.WebError += (_, error) => Fault(error.Error);
        context.Request += (_, request) => Asked(request);
        context.Response += (_, response) => Answered(response);
    }

    public bool RelayWasAway { get; set; }

    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_gate)
                return [.. _faults];
        }
    }

    private void Heard(IConsoleMessage message)
    {
        if (message.Type is not ("error" or "warning"))
            return;
        if (!RelayWasAway || !RelayAway.Any(words => message.Text.Contains(words, StringComparison.Ordinal)))
            Fault($"{message.Type}: {message.Text} ({message.Location})");
    }

    private void Asked(IRequest request)
    {
        if (!request.Url.StartsWith(_address, StringComparison.Ordinal) && !request.Url.StartsWith("blob:" + _address, StringComparison.Ordinal))
            Fault("asked " + request.Url);
        if (request.Url.Contains('#', StringComparison.Ordinal) && request.IsNavigationRequest is false)
            Fault("what stands behind # was in a request: " + request.Url);
    }

    private void Answered(IResponse response)
    {
        if (!response.Url.StartsWith(_address, StringComparison.Ordinal))
            return;
        foreach (var (header, value) in Headers)
            if (!response.Headers.TryGetValue(header, out var given) || !given.Contains(value, StringComparison.Ordinal))
                Fault($"{response.Url} came without {header}");
    }

    private void Fault(string what)
    {
        lock (_gate)
            _faults.Add($"{_name}: {what}");
    }
}
