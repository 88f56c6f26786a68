namespace Secrets.Stack;

/// <summary>Why a connection, a stream or an address was refused. Numbers are permanent.</summary>
/// <remarks>Spec: docs/protocol/stack.md §5.</remarks>
public enum StackError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The handshake did not end before its deadline.</summary>
    HandshakeTimeout = 1,

    /// <summary>The other side hung up within the handshake.</summary>
    HandshakeClosed = 2,

    /// <summary>A challenge was made with another app key.</summary>
    BadChallenge = 3,

    /// <summary>A public key is of low order, or not a key.</summary>
    LowOrderKey = 4,

    /// <summary>The challenge that came back is the one that was sent.</summary>
    ReflectedChallenge = 5,

    /// <summary>The client's hello doesn't open, or its proof is wrong.</summary>
    BadHello = 6,

    /// <summary>The server hung up on our hello: it has another key, or doesn't want us.</summary>
    HelloRefused = 7,

    /// <summary>The server's proof is wrong.</summary>
    BadAccept = 8,

    /// <summary>This node doesn't want that client.</summary>
    NotWanted = 9,

    /// <summary>The header of a box was changed.</summary>
    BadBoxHeader = 10,

    /// <summary>The body of a box was changed, or its length is zero.</summary>
    BadBoxBody = 11,

    /// <summary>The bytes ended without a goodbye.</summary>
    UnexpectedEnd = 12,

    /// <summary>A packet claims more than the largest item allowed.</summary>
    PacketTooLarge = 13,

    /// <summary>A packet has a type that doesn't exist.</summary>
    BadPacket = 14,

    /// <summary>A body that should be JSON isn't, or isn't what is asked for in this place.</summary>
    BadJson = 15,

    /// <summary>A body that should be text isn't UTF-8.</summary>
    BadText = 16,

    /// <summary>More requests or streams are open than allowed.</summary>
    TooManyRequests = 17,

    /// <summary>The other side doesn't take what we have to answer.</summary>
    PeerNotReading = 18,

    /// <summary>The stream's items were not taken for too long.</summary>
    StreamStalled = 19,

    /// <summary>Nothing was sent or received for too long.</summary>
    Idle = 20,

    /// <summary>The connection was closed, by either side.</summary>
    Closed = 21,

    /// <summary>All request numbers of the connection were used.</summary>
    RequestsExhausted = 22,

    /// <summary>The address isn't one that can be dialled.</summary>
    BadAddress = 23,

    /// <summary>Nobody answers at the address.</summary>
    Unreachable = 24,

    /// <summary>A WebSocket frame was not binary.</summary>
    TextFrame = 25,

    /// <summary>The node has as many connections as it may.</summary>
    TooManyConnections = 26,

    /// <summary>A value that came is of another type than the one asked for.</summary>
    UnexpectedType = 27,

    /// <summary>A call of ours took longer than it may.</summary>
    CallTimeout = 28,

    /// <summary>The other side gave no sign of life, not even when asked.</summary>
    Unresponsive = 29,
}
