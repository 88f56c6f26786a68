using Secrets.Client.Network;

namespace Secrets.Client.Tests.Support;

/// <summary>No relay can be reached.</summary>
internal sealed class NoNetwork : IRelayNetwork
{
    public ValueTask<IRelayLink> ConnectAsync(string address, CancellationToken cancellationToken) => throw new RelayException(isTransient: true);
}
