using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Secrets.Stack;

/// <summary>Under which hosts a listener can be reached by peers of a scope.</summary>
/// <remarks>Spec: docs/protocol/stack.md §4.7.</remarks>
internal static class LocalHosts
{
    private const string Loopback = "localhost";

    /// <summary>The endpoints to tell; none if peers of that scope can't reach it.</summary>
    public static IEnumerable<StackEndpoint> Expand(StackEndpoint endpoint, StackScopes scope, string? externalHost)
    {
        if (endpoint.Transport == StackTransport.Unix)
            return (scope & StackScopes.Device) != 0 ? [endpoint] : [];
        var address = IPAddress.TryParse(endpoint.Host, out var parsed) ? parsed : null;
        if (address is not null && IPAddress.IsLoopback(address))
            return (scope & StackScopes.Device) != 0 ? [endpoint] : [];
        var isAny = address is not null && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        if (!isAny && externalHost is null)
            return [endpoint];
        return Hosts(isAny ? null : endpoint.Host, scope, externalHost).Select(host => new StackEndpoint(endpoint.Transport, host, endpoint.Port, endpoint.Path));
    }

    private static IEnumerable<string> Hosts(string? only, StackScopes scope, string? externalHost)
    {
        if ((scope & StackScopes.Device) != 0)
            yield return only ?? Loopback;
        if ((scope & (StackScopes.Local | StackScopes.Private)) != 0)
        {
            foreach (var host in only is null ? Interfaces().Where(IsPrivate).Select(static address => address.ToString()) : [only])
                yield return host;
        }

        if ((scope & StackScopes.Public) == 0)
            yield break;
        if (externalHost is not null)
        {
            yield return externalHost;
            yield break;
        }

        foreach (var host in only is null ? Interfaces().Where(static address => !IsPrivate(address)).Select(static address => address.ToString()) : [only])
            yield return host;
    }

    private static List<IPAddress> Interfaces()
    {
        var addresses = new List<IPAddress>();
        if (OperatingSystem.IsBrowser())
            return addresses;
        foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (network.OperationalStatus != OperationalStatus.Up)
                continue;
            foreach (var unicast in network.GetIPProperties().UnicastAddresses)
            {
                if (!IPAddress.IsLoopback(unicast.Address) && !unicast.Address.IsIPv6LinkLocal)
                    addresses.Add(unicast.Address);
            }
        }

        return addresses;
    }

    /// <summary>True for addresses that mean something on their own network only.</summary>
    private static bool IsPrivate(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6UniqueLocal;
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out _)
            && (bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254));
    }
}
