namespace Secrets.Stack;

/// <summary>What can listen at a kind of address.</summary>
public interface IStackServer
{
    /// <summary>True for a kind of address that this can listen at.</summary>
    bool CanListen(StackEndpoint endpoint);

    /// <summary>Listens; each connection that comes in is handed to <paramref name="serve"/>, which owns it and never throws. Port 0 is any free one.</summary>
    /// <exception cref="IOException">The address is taken, or not ours to use.</exception>
    ValueTask<IStackListener> ListenAsync(StackEndpoint endpoint, Func<IDuplexConnection, Task> serve, CancellationToken cancellationToken);
}
