using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Bench;

/// <summary>One client connection with an open stream of cells.</summary>
internal sealed class RelayConnection : IAsyncDisposable
{
    private readonly StackNode _node;
    private readonly StackPeer _peer;

    private RelayConnection(StackNode node, StackPeer peer, RpcDuplex cells)
    {
        _node = node;
        _peer = peer;
        Cells = cells;
    }

    public RpcDuplex Cells { get; }

    public static async Task<RelayConnection> OpenAsync(MultiserverAddress address)
    {
        _ = AppKey.TryRead(BoxesNetwork.AppKey.Bytes, out var appKey);
        var node = SecretStack.Create(options =>
        {
            options.AppKey = appKey;
            options.IdleTimeout = Timeout.InfiniteTimeSpan;
            options.HandshakeTimeout = TimeSpan.FromMinutes(1);
        }).CreateClient();
        var peer = await node.ConnectAsync(address);
        return new RelayConnection(node, peer, await peer.OpenDuplexAsync(BoxesNetwork.CellsMethod));
    }

    /// <summary>A short waiting read of the longest time.</summary>
    public static void WriteWait(Span<byte> head, in BoxAddress address) =>
        BoxRequest.WriteRead(head, address, BoxClass.Small, Cell.MaxWaitSeconds, RandomSource.System);

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _node.DisposeAsync();
    }
}
