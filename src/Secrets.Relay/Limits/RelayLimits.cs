namespace Secrets.Relay;

/// <summary>What one connection, one network and all together may ask of a relay.</summary>
public sealed record RelayLimits
{
    /// <summary>Cells a second, and in one burst, of one connection.</summary>
    public RateLimit Connection { get; init; } = new(200, 2_000);

    /// <summary>Cells a second, and in one burst, of one network: /24 of IPv4, /56 of IPv6. The own machine is no network.</summary>
    public RateLimit Network { get; init; } = new(1_000, 10_000);

    /// <summary>Cells a second, and in one burst, of all together.</summary>
    public RateLimit Relay { get; init; } = new(20_000, 40_000);

    /// <summary>Connections at once, whatever they are for.</summary>
    public int MaxConnections { get; init; } = 16_384;

    /// <summary>Connections at once over HTTP that have not become a WebSocket: those that fetch pages, or are idle. They leave places to the others.</summary>
    public int MaxHttpConnections { get; init; } = 4_096;

    /// <summary>Connections at once of one network.</summary>
    public int MaxConnectionsPerNetwork { get; init; } = 512;

    /// <summary>Waiting reads of one connection, until their answers are sent; a large one counts as sixteen.</summary>
    public int MaxWaitingPerConnection { get; init; } = 512;

    /// <summary>Waiting reads of all connections, counted in the same way.</summary>
    public int MaxWaiting { get; init; } = 262_144;

    /// <summary>Bytes of cells of one connection that are being worked on; more are not read from it.</summary>
    public int MaxBytesPerConnection { get; init; } = 512 << 10;

    /// <summary>Bytes of cells of all connections that are being worked on, and as many of boxes in answers that were not sent yet.</summary>
    public int MaxBytes { get; init; } = 64 << 20;

    /// <summary>How long a cell waits for its turn under a rate limit before it is refused.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From a connection's first byte to the end of its handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After this long without a byte in either direction a connection is closed. Longer than the longest waiting read.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
