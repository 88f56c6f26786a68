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
}
