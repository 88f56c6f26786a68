using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Bench;

/// <summary>One client connection with an open stream of cells.</summary>
internal sealed class RelayConnection : IAsyncDisposable
{
    private readonly StackKeys _keys;
    private readonly StackPeer _peer;

    private RelayConnection(StackKeys keys, StackPeer peer, RpcDuplex cells)
    {
        _keys = keys;
        _peer = peer;
        Cells = cells;
    }

    public RpcDuplex Cells { get; }

    public static async Task<RelayConnection> OpenAsync(MultiserverAddress address)
    {
        _ = AppKey.TryRead(BoxesNetwork.AppKey.Bytes, out var appKey);
        var keys = StackKeys.Generate(RandomSource.System);
        var peer = await StackClient.ConnectAsync(address, new StackOptions { AppKey = appKey, Keys = keys, IdleTimeout = Timeout.InfiniteTimeSpan, HandshakeTimeout = TimeSpan.FromMinutes(1) });
        return new RelayConnection(keys, peer, await peer.OpenDuplexAsync(BoxesNetwork.CellsMethod));
    }

    /// <summary>A short waiting read of the longest time.</summary>
    public static void WriteWait(Span<byte> head, in BoxAddress address) =>
        BoxRequest.WriteRead(head, address, BoxClass.Small, Cell.MaxWaitSeconds, RandomSource.System);

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        _keys.Dispose();
    }
}
