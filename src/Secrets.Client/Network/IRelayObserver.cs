namespace Secrets.Client.Network;

/// <summary>What a relay connection tells the engine. Called from any thread; implementations only queue.</summary>
internal interface IRelayObserver
{
    /// <summary>A connection stands.</summary>
    void RelayUp(RelayConnection relay);

    /// <summary>The connection is gone, or a try failed.</summary>
    void RelayDown(RelayConnection relay);

    /// <summary>A bell came; its bytes are not checked yet. Ends when it was taken: until then no further one is read from the connection.</summary>
    Task BellRangAsync(RelayConnection relay, ReadOnlyMemory<byte> bell);
}
