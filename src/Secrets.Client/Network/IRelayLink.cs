namespace Secrets.Client.Network;

/// <summary>One connection to a relay, on which cells are asked and answered and bells heard.</summary>
public interface IRelayLink : IAsyncDisposable
{
    /// <summary>Ends, without an error, when the connection is gone.</summary>
    Task Closed { get; }

    /// <summary>Sends one request cell and returns the answer cell with the same address. The bytes are not checked yet.</summary>
    /// <exception cref="RelayException">The connection ended first.</exception>
    ValueTask<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken);

    /// <summary>What the relay says of its TURN server, as JSON that is not checked yet; empty: it has none.</summary>
    /// <exception cref="RelayException">The connection ended first.</exception>
    ValueTask<ReadOnlyMemory<byte>> GetTurnAsync(CancellationToken cancellationToken);

    /// <summary>The relay's bells, beginning after the number given (0: from now on). The bytes are not checked yet.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> BellsAsync(ulong after, CancellationToken cancellationToken);
}
