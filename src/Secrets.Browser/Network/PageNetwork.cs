using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Secrets.Client.Network;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Browser.Network;

/// <summary>What a page may connect to: WebSockets, and unencrypted ones only to the own machine or from a page that is unencrypted itself.</summary>
/// <remarks>The relay's identity is proved by the handshake in either case; a browser refuses the rest as mixed content.</remarks>
[SupportedOSPlatform("browser")]
internal sealed class PageNetwork : IStackNetwork
{
    private readonly Uri _page;

    public PageNetwork(Uri page)
    {
        _page = page;
        Relays = new StackRelayNetwork(TimeProvider.System, RandomSource.System, this);
    }

    /// <summary>Relays, reached by this network.</summary>
    public IRelayNetwork Relays { get; }

    public bool CanDial(StackEndpoint endpoint) => endpoint.Transport switch
    {
        StackTransport.SecureWebSocket => true,
        StackTransport.WebSocket => _page.Scheme == Uri.UriSchemeHttp || IsOwnMachine(endpoint.Host),
        _ => false,
    };

    private static bool IsOwnMachine(string host) => host is "127.0.0.1" or "localhost";

    public ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken) => StackNetwork.System.DialAsync(endpoint, cancellationToken);

    /// <summary>One way to the relay that serves the page; null if none does.</summary>
    public async ValueTask<string?> FindRelayAsync(CancellationToken cancellationToken)
    {
        string told;
        try
        {
            told = await PageCalls.PageRelayAsync().ConfigureAwait(false);
        }
        catch (JSException)
        {
            return null;
        }
        if (!MultiserverAddress.TryParse(told, out var address))
            return null;
        foreach (var endpoint in address.Endpoints)
        {
            if (CanDial(endpoint))
                return new MultiserverAddress(address.Key, endpoint).ToString();
        }
        // behind a proxy the relay knows only its own side of it; the page's address leads there
        var isSecure = _page.Scheme == Uri.UriSchemeHttps;
        var own = new StackEndpoint(isSecure ? StackTransport.SecureWebSocket : StackTransport.WebSocket, _page.Host, _page.Port);
        return new MultiserverAddress(address.Key, own).ToString();
    }
}
