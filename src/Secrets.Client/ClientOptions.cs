using Secrets.Client.Network;
using Secrets.Crypto;
using Secrets.Store;

namespace Secrets.Client;

/// <summary>What the engine is given by its host: network, time, randomness, and a few choices.</summary>
public sealed record ClientOptions
{
    /// <summary>How relays are reached.</summary>
    public required IRelayNetwork Network { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The source of everything random.</summary>
    public RandomSource Random { get; init; } = RandomSource.System;

    /// <summary>The address of the app in links to secrets.</summary>
    public string AppAddress { get; init; } = "http://127.0.0.1:7400/";

    /// <summary>Choices of the store.</summary>
    public StoreOptions Store { get; init; } = StoreOptions.Default;

    /// <summary>How long to wait at most, at random, before a box that a bell announced is fetched.</summary>
    public TimeSpan FetchSpread { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The earliest that a box's copy goes to a further relay after the first.</summary>
    public TimeSpan CopyDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The latest that a box's copy goes to a further relay after the first.</summary>
    public TimeSpan LatestCopyDelay { get; init; } = TimeSpan.FromMinutes(10);
}
