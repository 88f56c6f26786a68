using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Secrets.Stack;

/// <summary>Where to dial: a transport, a host, a port and, for WebSocket, a path.</summary>
public sealed class StackEndpoint : IEquatable<StackEndpoint>
{
    /// <summary>An endpoint from its parts.</summary>
    /// <exception cref="ArgumentException">A part can't be in an address.</exception>
    public StackEndpoint(StackTransport transport, string host, int port, string path = "/") : this(transport, host, port, path, firstPort: 1)
    {
    }

    private StackEndpoint(StackTransport transport, string host, int port, string path, int firstPort)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(path);
        if (transport == StackTransport.Unix ? host.Length > 0 : !AddressText.IsHost(host))
            throw new ArgumentException("Not a host.", nameof(host));
        if (transport == StackTransport.Onion && !AddressText.IsOnion(host))
            throw new ArgumentException("Not an onion service.", nameof(host));
        if (transport == StackTransport.Unix ? port != 0 : port < firstPort || port > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(port));
        if (transport == StackTransport.Unix ? !AddressText.IsFilePath(path) : !AddressText.IsPath(path))
            throw new ArgumentException("Not a path.", nameof(path));
        Transport = transport;
        Host = host;
        Port = port;
        Path = transport is StackTransport.Tcp or StackTransport.Onion ? "/" : path;
        if (IsWebSocket && !Uri.TryCreate(WebSocketText, UriKind.Absolute, out _))
            throw new ArgumentException("Not a host.", nameof(host));
    }

    /// <summary>An endpoint from its parts; false if a part can't be in an address.</summary>
    internal static bool TryCreate(StackTransport transport, string host, int port, string path, [NotNullWhen(true)] out StackEndpoint? endpoint, int firstPort = 1)
    {
        endpoint = null;
        try
        {
            endpoint = new StackEndpoint(transport, host, port, path, firstPort);
            return true;
        }
        catch (ArgumentException)
        {
            // a part that no such address can have
            return false;
        }
    }

    /// <summary>A Unix socket.</summary>
    /// <exception cref="ArgumentException">The path isn't absolute, too long, or has signs that addresses use.</exception>
    public static StackEndpoint Unix(string path) => new(StackTransport.Unix, "", 0, path);

    /// <summary>How bytes get there.</summary>
    public StackTransport Transport { get; }

    /// <summary>A name or an address of the network; IPv6 without brackets; empty for a Unix socket.</summary>
    public string Host { get; }

    /// <summary>The port, 1 to 65535; 0 for a Unix socket.</summary>
    public int Port { get; }

    /// <summary>The path of a WebSocket, <c>/</c> at least, or of the file of a Unix socket.</summary>
    public string Path { get; }

    /// <summary>The address of a WebSocket.</summary>
    internal Uri WebSocketUri => new(WebSocketText);

    internal bool IsWebSocket => Transport is StackTransport.WebSocket or StackTransport.SecureWebSocket;

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
        StackTransport.Unix => $"unix:{Path}",
        StackTransport.Onion => string.Create(CultureInfo.InvariantCulture, $"onion:{Host}:{Port}"),
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
