using Secrets.Client.Network;

namespace Secrets.Client.Tests.Support;

/// <summary>No relay can be reached.</summary>
internal sealed class NoNetwork : IRelayNetwork, IRoomNetwork
{
    public ValueTask<IRelayLink> ConnectAsync(string address, CancellationToken cancellationToken) => throw new RelayException(isTransient: true);

    public ValueTask<IRoomLink> ConnectRoomAsync(string address, CancellationToken cancellationToken) => throw new RelayException(isTransient: true);
}
