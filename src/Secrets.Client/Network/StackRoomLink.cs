using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Rooms;

namespace Secrets.Client.Network;

/// <summary>A relay on the stack, for one room.</summary>
internal sealed class StackRoomLink : IRoomLink
{
    private readonly StackPeer _peer;
    private readonly StackNode _node;

    public StackRoomLink(StackPeer peer, StackNode node)
    {
        _peer = peer;
        _node = node;
    }

    public Ed25519PublicKey Relay => _peer.RemoteKey;

    public Hash256 Binding => _peer.Binding;

    public ValueTask<IRoomDuplex> EnterAsync(CancellationToken cancellationToken) => OpenAsync(RoomsNetwork.EnterMethod, cancellationToken);

    public ValueTask<IRoomDuplex> OpenPiecesAsync(CancellationToken cancellationToken) => OpenAsync(RoomsNetwork.PiecesMethod, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> GetTurnAsync(CancellationToken cancellationToken) => StackTurn.GetAsync(_peer, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync().ConfigureAwait(false);
        await _node.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<IRoomDuplex> OpenAsync(string method, CancellationToken cancellationToken)
    {
        try
        {
            return new Items(await _peer.OpenDuplexAsync(method, null, cancellationToken).ConfigureAwait(false));
        }
        catch (StackException)
        {
            throw new RelayException(isTransient: true);
        }
    }

    private sealed class Items(RpcDuplex duplex) : IRoomDuplex
    {
        public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                if (await duplex.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } item)
                    return null;
                using (item)
                    return item.Kind == RpcKind.Binary ? item.Body.ToArray() : null;
            }
            catch (Exception failure) when (failure is StackException or RpcException)
            {
                return null;
            }
        }

        public async ValueTask SendAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
        {
            try
            {
                await duplex.SendAsync(item, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is StackException or RpcException)
            {
                throw new RelayException(isTransient: true);
            }
        }

        public ValueTask DisposeAsync() => duplex.DisposeAsync();
    }
}
