using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Network;

/// <summary>Reaches relays by the stack, each connection under a key that is thrown away afterwards.</summary>
public sealed class StackRelayNetwork : IRelayNetwork, IRoomNetwork
{
    // who is in a room learns soon that the line was cut
    private static readonly TimeSpan RoomKeepAlive = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _time;
    private readonly RandomSource _random;

    /// <summary>Over the operating system's network, or what <paramref name="stackNetwork"/> gives in its place.</summary>
    public StackRelayNetwork(TimeProvider time, RandomSource random, IStackNetwork? stackNetwork = null)
    {
        _time = time;
        _random = random;
        StackNetwork = stackNetwork ?? Stack.StackNetwork.System;
    }

    private IStackNetwork StackNetwork { get; }

    /// <inheritdoc/>
    public async ValueTask<IRelayLink> ConnectAsync(string address, CancellationToken cancellationToken) =>
        await DialAsync<IRelayLink>(address, Timeout.InfiniteTimeSpan, async (peer, node) => await StackRelayLink.OpenAsync(peer, node, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IRoomLink> ConnectRoomAsync(string address, CancellationToken cancellationToken) =>
        await DialAsync<IRoomLink>(address, RoomKeepAlive, static (peer, node) => ValueTask.FromResult<IRoomLink>(new StackRoomLink(peer, node)), cancellationToken).ConfigureAwait(false);

    private async ValueTask<TLink> DialAsync<TLink>(string address, TimeSpan keepAlive, Func<StackPeer, StackNode, ValueTask<TLink>> open, CancellationToken cancellationToken)
    {
        // an address may come from anybody: it must not make this device talk to its own programs' sockets
        if (!MultiserverAddress.TryParse(address, out var parsed) || parsed.Endpoints.Any(static endpoint => endpoint.Transport == StackTransport.Unix))
            throw new RelayException(isTransient: false);
        _ = AppKey.TryRead(BoxesNetwork.AppKey.Bytes, out var appKey);
        var node = SecretStack.Create(options =>
        {
            options.AppKey = appKey;
            options.TimeProvider = _time;
            options.RandomSource = _random;
            options.Network = StackNetwork;
            options.IdleTimeout = Timeout.InfiniteTimeSpan;
            options.KeepAlive = keepAlive;
        }).CreateClient();
        try
        {
            var peer = await node.ConnectAsync(parsed, cancellationToken).ConfigureAwait(false);
            return await open(peer, node).ConfigureAwait(false);
        }
        catch (StackException failure)
        {
            await node.DisposeAsync().ConfigureAwait(false);
            // a relay wants everybody: who hangs up on our hello, or can't prove its key, is another one
            throw new RelayException(isTransient: failure.Error is not (StackError.HelloRefused or StackError.BadAccept));
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
