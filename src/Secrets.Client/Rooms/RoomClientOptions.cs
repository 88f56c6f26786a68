using Secrets.Client.Network;
using Secrets.Crypto;

namespace Secrets.Client.Rooms;

/// <summary>What rooms are given by their host: network, time, randomness. No identity, no store.</summary>
public sealed record RoomClientOptions
{
    /// <summary>How relays are reached.</summary>
    public required IRoomNetwork Network { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The source of everything random.</summary>
    public RandomSource Random { get; init; } = RandomSource.System;

    /// <summary>The address of the app in links to rooms.</summary>
    public string AppAddress { get; init; } = "http://127.0.0.1:7400/";

    /// <summary>The relay for rooms that name none: its multiserver address; null with nobody there.</summary>
    public Func<CancellationToken, ValueTask<string?>> FindRelay { get; init; } = static _ => ValueTask.FromResult<string?>(null);
}
