namespace Secrets.Client.Network;

/// <summary>How rooms reach relays: each by a connection of its own, under a key that is thrown away afterwards.</summary>
public interface IRoomNetwork
{
    /// <summary>Connects to the relay at a multiserver address, and has checked that it holds the key in it.</summary>
    /// <exception cref="RelayException">It can't be reached, or it is another one.</exception>
    ValueTask<IRoomLink> ConnectRoomAsync(string address, CancellationToken cancellationToken);
}
