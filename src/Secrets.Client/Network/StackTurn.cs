using System.Text;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Network;

/// <summary>Asks a relay for its TURN server.</summary>
internal static class StackTurn
{
    /// <summary>The relay's answer, unread; empty if it has none, or doesn't know the question.</summary>
    /// <exception cref="RelayException">The connection ended.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> GetAsync(StackPeer peer, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await peer.CallAsync(CallsNetwork.TurnMethod, null, cancellationToken).ConfigureAwait(false);
            return answer.Json is { } json ? Encoding.UTF8.GetBytes(json.ToJsonString()) : default;
        }
        catch (RpcException)
        {
            // a relay of before there were calls
            return default;
        }
        catch (StackException)
        {
            throw new RelayException(isTransient: true);
        }
    }
}
