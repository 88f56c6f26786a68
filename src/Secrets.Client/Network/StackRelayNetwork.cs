using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Network;

/// <summary>Reaches relays by the stack, each connection under a key that is thrown away afterwards.</summary>
public sealed class StackRelayNetwork : IRelayNetwork
{
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
    public async ValueTask<IRelayLink> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        if (!MultiserverAddress.TryParse(address, out var parsed))
            throw new RelayException(isTransient: false);
        _ = AppKey.TryRead(BoxesNetwork.AppKey.Bytes, out var appKey);
        var keys = StackKeys.Generate(_random);
        try
        {
            var options = new StackOptions
            {
                AppKey = appKey,
                Keys = keys,
                TimeProvider = _time,
                RandomSource = _random,
                Network = StackNetwork,
                IdleTimeout = Timeout.InfiniteTimeSpan,
            };
            var peer = await StackClient.ConnectAsync(parsed, options, cancellationToken).ConfigureAwait(false);
            return await StackRelayLink.OpenAsync(peer, keys, cancellationToken).ConfigureAwait(false);
        }
        catch (StackException failure)
        {
            keys.Dispose();
            // a relay wants everybody: who hangs up on our hello, or can't prove its key, is another one
            throw new RelayException(isTransient: failure.Error is not (StackError.HelloRefused or StackError.BadAccept));
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }
}
