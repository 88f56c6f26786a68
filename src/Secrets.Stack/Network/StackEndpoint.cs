using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Secrets.Stack;

/// <summary>Where to dial: a transport, a host, a port and, for WebSocket, a path.</summary>
public sealed class StackEndpoint : IEquatable<StackEndpoint>
{
    /// <summary>An endpoint from its parts.</summary>
    /// <exception cref="ArgumentException">A part can't be in an address.</exception>
    public StackEndpoint(StackTransport transport, string host, int port, string path = "/")
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(path);
        if (!AddressText.IsHost(host))
            throw new ArgumentException("Not a host.", nameof(host));
        if (port is < 1 or > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(port));
        if (!AddressText.IsPath(path))
            throw new ArgumentException("Not a path.", nameof(path));
        Transport = transport;
        Host = host;
        Port = port;
        Path = transport == StackTransport.Tcp ? "/" : path;
        if (transport != StackTransport.Tcp && !Uri.TryCreate(WebSocketText, UriKind.Absolute, out _))
            throw new ArgumentException("Not a host.", nameof(host));
    }

    /// <summary>An endpoint from its parts; false if a part can't be in an address.</summary>
    internal static bool TryCreate(StackTransport transport, string host, int port, string path, [NotNullWhen(true)] out StackEndpoint? endpoint)
    {
        endpoint = null;
        if (!AddressText.IsHost(host) || port is < 1 or > ushort.MaxValue || !AddressText.IsPath(path))
            return false;
        try
        {
            endpoint = new StackEndpoint(transport, host, port, path);
            return true;
        }
        catch (ArgumentException)
        {
            // a name that no address of a WebSocket can have
            return false;
        }
    }

    /// <summary>How bytes get there.</summary>
    public StackTransport Transport { get; }

    /// <summary>A name or an address of the network; IPv6 without brackets.</summary>
    public string Host { get; }

    /// <summary>The port, 1 to 65535.</summary>
    public int Port { get; }

    /// <summary>The path of a WebSocket, <c>/</c> at least.</summary>
    public string Path { get; }

    /// <summary>The address of a WebSocket.</summary>
    internal Uri WebSocketUri => new(WebSocketText);

    private string WebSocketText
    {
        get
        {
            var scheme = Transport == StackTransport.SecureWebSocket ? "wss" : "ws";
            return string.Create(CultureInfo.InvariantCulture, $"{scheme}://{BracketedHost}:{Port}{Path}");
        }
    }

    private string BracketedHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>The text form.</summary>
    public override string ToString() => Transport switch
    {
        StackTransport.Tcp => string.Create(CultureInfo.InvariantCulture, $"net:{Host}:{Port}"),
        StackTransport.WebSocket => Format("ws", 80),
        StackTransport.SecureWebSocket => Format("wss", 443),
    };

    /// <inheritdoc/>
    public bool Equals(StackEndpoint? other) =>
        other is not null && Transport == other.Transport && Host == other.Host && Port == other.Port && Path == other.Path;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StackEndpoint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Transport, Host, Port, Path);

    private string Format(string scheme, int defaultPort)
    {
        var port = Port == defaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{Port}");
        var path = Path == "/" ? "" : Path;
        return $"{scheme}://{BracketedHost}{port}{path}";
    }
}
