namespace Secrets.Stack;

/// <summary>Connects to a node, offering it nothing.</summary>
public static class StackClient
{
    /// <summary>Connects to the first of the address's alternatives that can be dialled and answers.</summary>
    /// <exception cref="StackException">None does; the error is the last one's.</exception>
    public static ValueTask<StackPeer> ConnectAsync(MultiserverAddress address, StackOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
