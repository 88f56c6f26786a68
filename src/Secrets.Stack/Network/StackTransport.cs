namespace Secrets.Stack;

/// <summary>How bytes get to an address.</summary>
public enum StackTransport
{
    /// <summary>TCP: <c>net:host:port</c>.</summary>
    Tcp = 0,

    /// <summary>WebSocket: <c>ws://host:port</c>.</summary>
    WebSocket = 1,

    /// <summary>WebSocket over TLS: <c>wss://host:port</c>.</summary>
    SecureWebSocket = 2,

    /// <summary>A Unix socket: <c>unix:/path</c>.</summary>
    Unix = 3,

    /// <summary>TCP to an onion service, through Tor: <c>onion:host.onion:port</c>.</summary>
    Onion = 4,
}
