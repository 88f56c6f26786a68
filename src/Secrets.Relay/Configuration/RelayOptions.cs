using System.Net;
using Secrets.Crypto;

namespace Secrets.Relay;

/// <summary>How a relay runs.</summary>
public sealed record RelayOptions
{
    /// <summary>The port of HTTP and WebSocket where nothing else is said.</summary>
    public const int DefaultPort = 7400;

    /// <summary>The port of TCP where nothing else is said.</summary>
    public const int DefaultTcpPort = 7401;

    /// <summary>The data folder: identity key and boxes.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where HTTP and WebSocket are served; port 0 takes a free one; null: not at all.</summary>
    public IPEndPoint? Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>Where secret-handshake over plain TCP is served; port 0 takes a free one; null: not at all.</summary>
    public IPEndPoint? ListenTcp { get; init; } = new(IPAddress.Loopback, DefaultTcpPort);

    /// <summary>Where clients reach this relay, as <c>wss://relay.example</c> or <c>net:relay.example:7401</c>; empty: where it listens.</summary>
    public IReadOnlyList<string> Announce { get; init; } = [];

    /// <summary>A PEM file with the certificate chain for TLS; null: no TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>The PEM file with the certificate's private key; null: it is in the same file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The folder of the built web app that is served beside the relay; null: none is.</summary>
    public string? WebFolder { get; init; }

    /// <summary>Days a box is kept after its last write.</summary>
    public int KeepDays { get; init; } = 21;

    /// <summary>Bytes on disk that the boxes may take; 0: no limit but the disk's.</summary>
    public long QuotaBytes { get; init; }

    /// <summary>Bytes of the disk that are left free.</summary>
    public long ReserveBytes { get; init; } = 128L << 20;

    /// <summary>Hashes of the passes with which one may write; empty: everybody may.</summary>
    public IReadOnlyList<string> Writers { get; init; } = [];

    /// <summary>The addresses of the TURN server beside the relay, as clients reach it; empty: there is none.</summary>
    public IReadOnlyList<string> Turn { get; init; } = [];

    /// <summary>The file with the secret that the TURN server and the relay share.</summary>
    public string? TurnSecretFile { get; init; }

    /// <summary>Who may read the counters.</summary>
    public MetricsAccess Metrics { get; init; }

    /// <summary>What clients may ask for.</summary>
    public RelayLimits Limits { get; init; } = new();

    /// <summary>What rooms may ask for.</summary>
    public RoomLimits Rooms { get; init; } = new();

    /// <summary>The clock of all deadlines, days and bells.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where keys, decoys and random bodies come from.</summary>
    public RandomSource Random { get; init; } = RandomSource.System;

    /// <summary>The name of the type: a folder's path can name a person.</summary>
    public override string ToString() => nameof(RelayOptions);
}
