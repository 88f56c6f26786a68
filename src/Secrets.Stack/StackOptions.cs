using System.Text.Json.Serialization;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>What all nodes of a stack have in common: app key, time, network, JSON, and the limits of each connection.</summary>
/// <remarks>Set within <see cref="SecretStack.Create"/> and not changed after. Defaults of the limits: docs/protocol/stack.md §6.</remarks>
public sealed class StackOptions
{
    /// <summary>The size of an item that every peer may send: 1 MiB.</summary>
    public const int DefaultMaxItemSize = 1 << 20;

    /// <summary>The key of the network.</summary>
    public AppKey AppKey { get; set; }

    /// <summary>Knows how to write and read the types of arguments, answers and items that aren't strings, numbers, booleans, bytes or <see cref="System.Text.Json.Nodes.JsonNode"/>.</summary>
    public JsonSerializerContext? Json { get; set; }

    /// <summary>The clock of all deadlines.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the keys of each handshake come from.</summary>
    public RandomSource RandomSource { get; set; } = RandomSource.System;

    /// <summary>What dials an address.</summary>
    public IStackNetwork Network { get; set; } = StackNetwork.System;

    /// <summary>From the first byte to the end of the handshake.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For a dialled connection to be there, before its handshake.</summary>
    public TimeSpan DialTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>After this long without a byte in either direction the connection is closed; <see cref="Timeout.InfiniteTimeSpan"/>: never.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long closing waits for open calls, and then for the other side's goodbye.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long received items may hold up the whole connection before the stream that has most of them is aborted.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call of ours may take until it fails with <see cref="StackError.CallTimeout"/>; not set: as long as the connection.</summary>
    public TimeSpan CallTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// After this long without a byte from the other side it is asked for one; after twice as long the connection ends with
    /// <see cref="StackError.Unresponsive"/>. Not set: never.
    /// </summary>
    public TimeSpan KeepAlive { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>The longest body of a packet that is accepted, in bytes.</summary>
    public int MaxItemSize { get; set; } = DefaultMaxItemSize;

    /// <summary>Calls, and streams, of the other side that may be open at once, counted apart.</summary>
    public int MaxOpenRequests { get; set; } = 1024;

    /// <summary>Bytes of received items that may wait for their consumers on one connection before reading stops.</summary>
    public int ReceiveQueueSize { get; set; } = 2 << 20;

    /// <summary>Bytes that may wait to be sent on one connection before senders wait.</summary>
    public int SendQueueSize { get; set; } = 256 << 10;

    /// <summary>Connections that a node keeps at once.</summary>
    public int MaxConnections { get; set; } = 16_384;

    /// <summary>Speaks as the JavaScript stack does, without credit and cancelling.</summary>
    internal bool WithoutExtensionForTestsOnly { get; set; }
}
