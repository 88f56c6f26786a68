using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Relay;

/// <summary>Where a relay listens, and what it tells clients about it.</summary>
internal sealed class RelayAddresses
{
    /// <summary>The own machine.</summary>
    public const string Loopback = "127.0.0.1";

    private readonly Ed25519PublicKey _key;
    private readonly MultiserverAddress? _announced;

    /// <summary>Of a relay with this key.</summary>
    /// <exception cref="RelayException">What is to be announced is no address, or there is nothing to announce.</exception>
    public RelayAddresses(RelayOptions options, in Ed25519PublicKey key)
    {
        Options = options;
        _key = key;
        if (options.Announce.Count > 0)
            _announced = ParseAnnounced(options.Announce, key);
        else if (options.Listen is null && options.ListenTcp is null)
            throw new RelayException(RelayErrorCode.BadOption, "--listen and --listen-tcp are both none: there is nothing to serve");
    }

    /// <summary>The options.</summary>
    public RelayOptions Options { get; }

    /// <summary>Kestrel's listener of HTTP.</summary>
    public ListenOptions? HttpListener { get; set; }

    /// <summary>Where HTTP is served, with the real port.</summary>
    public IPEndPoint? Http { get; private set; }

    /// <summary>Where TCP is served, with the real port.</summary>
    public IPEndPoint? Tcp { get; private set; }

    /// <summary>Takes the real ports over, once the listeners are bound.</summary>
    public void Bound(IPEndPoint? tcp)
    {
        Http = HttpListener?.IPEndPoint;
        Tcp = tcp;
    }

    /// <summary>What clients are told; a listener on all addresses is told as the host that the client used.</summary>
    public MultiserverAddress Announced(string host)
    {
        if (_announced is not null)
            return _announced;
        var endpoints = new List<StackEndpoint>();
        if (Http is { } http)
            endpoints.Add(new StackEndpoint(Options.Certificate is null ? StackTransport.WebSocket : StackTransport.SecureWebSocket, HostOf(http, host), http.Port));
        if (Tcp is { } tcp)
            endpoints.Add(new StackEndpoint(StackTransport.Tcp, HostOf(tcp, host), tcp.Port));
        return new MultiserverAddress(_key, [.. endpoints]);
    }

    private static string HostOf(IPEndPoint endpoint, string host)
    {
        var isAny = endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any);
        if (!isAny)
            return endpoint.Address.ToString();
        host = host.Trim('[', ']');
        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 ? host : Loopback;
    }

    private static MultiserverAddress ParseAnnounced(IReadOnlyList<string> announced, in Ed25519PublicKey key)
    {
        var text = string.Join(';', announced.Select(one => one.TrimEnd('/')));
        var suffix = string.Create(CultureInfo.InvariantCulture, $"~shs:{Convert.ToBase64String(key.Bytes)}");
        if (MultiserverAddress.TryParse(text.Replace(";", suffix + ";", StringComparison.Ordinal) + suffix, out var address) && address.Endpoints.Count == announced.Count)
            return address;
        throw new RelayException(RelayErrorCode.BadOption, "announce: an address is written like wss://relay.example or net:relay.example:7401");
    }
}
