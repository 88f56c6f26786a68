namespace Secrets.Stack;

/// <summary>What can dial: the operating system's network, or one that a test made.</summary>
public interface IStackNetwork
{
    /// <summary>True for a kind of address that this network can dial.</summary>
    bool CanDial(StackEndpoint endpoint);

    /// <summary>Connects; the caller owns the connection.</summary>
    /// <exception cref="StackException">Nobody answers there.</exception>
    ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken);
}
