namespace Secrets.Client.Network;

/// <summary>How the engine reaches relays. Natively the stack over TCP or WebSocket; in tests a simulated world.</summary>
public interface IRelayNetwork
{
    /// <summary>Connects to the relay at a multiserver address, and has checked that it holds the key in it.</summary>
    /// <exception cref="RelayException">It can't be reached, or it is another one.</exception>
    ValueTask<IRelayLink> ConnectAsync(string address, CancellationToken cancellationToken);
}
