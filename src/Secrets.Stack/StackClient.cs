namespace Secrets.Stack;

/// <summary>Connects to a node, offering it nothing.</summary>
public static class StackClient
{
    private static readonly MethodTable Nothing = new();

    /// <summary>Connects to the first of the address's alternatives that can be dialled and answers.</summary>
    /// <exception cref="StackException">None does; the error is the last one's.</exception>
    public static async ValueTask<StackPeer> ConnectAsync(MultiserverAddress address, StackOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        var peer = await StackDialer.ConnectAsync(address, options, Nothing, cancellationToken).ConfigureAwait(false);
        peer.Start();
        return peer;
    }
}
