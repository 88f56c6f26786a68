using Secrets.Crypto;

namespace Secrets.Client.Network;

/// <summary>One connection to a relay, for one room.</summary>
public interface IRoomLink : IAsyncDisposable
{
    /// <summary>The relay's key, which it proved.</summary>
    Ed25519PublicKey Relay { get; }

    /// <summary>A value that binds proofs to this connection.</summary>
    Hash256 Binding { get; }

    /// <summary>Opens the stream of a membership.</summary>
    /// <exception cref="RelayException">The connection ended.</exception>
    ValueTask<IRoomDuplex> EnterAsync(CancellationToken cancellationToken);

    /// <summary>Opens the stream of pieces.</summary>
    /// <exception cref="RelayException">The connection ended.</exception>
    ValueTask<IRoomDuplex> OpenPiecesAsync(CancellationToken cancellationToken);

    /// <summary>What the relay says of its TURN server, unread; empty if it has none.</summary>
    /// <exception cref="RelayException">The connection ended.</exception>
    ValueTask<ReadOnlyMemory<byte>> GetTurnAsync(CancellationToken cancellationToken);
}
