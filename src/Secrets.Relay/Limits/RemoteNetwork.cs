using System.Net;

namespace Secrets.Relay.Limits;

/// <summary>The network in an address text as the stack gives it, <c>net:host:port</c>.</summary>
internal static class RemoteNetwork
{
    /// <summary>The network; null for the own machine and for a text without an address.</summary>
    public static NetworkPrefix? Of(string text)
    {
        var start = text.IndexOf(':', StringComparison.Ordinal);
        var end = text.LastIndexOf(':');
        if (start < 0 || end <= start)
            return null;
        var host = text[(start + 1)..end].Trim('/').Trim('[', ']');
        return IPAddress.TryParse(host, out var address) && NetworkPrefix.TryGet(address, out var prefix) ? prefix : null;
    }
}
