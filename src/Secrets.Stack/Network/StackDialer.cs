namespace Secrets.Stack;

/// <summary>Dials the alternatives of an address one after the other, and shakes hands.</summary>
internal static class StackDialer
{
    public static async ValueTask<StackPeer> ConnectAsync(MultiserverAddress address, StackNode node, CancellationToken cancellationToken)
    {
        var network = node.Options.Network;
        var failure = new StackException(StackError.BadAddress);
        foreach (var endpoint in address.Endpoints)
        {
            if (!network.CanDial(endpoint))
                continue;
            try
            {
                return await ConnectOneAsync(endpoint, address, node, cancellationToken).ConfigureAwait(false);
            }
            catch (StackException exception)
            {
                failure = exception;
            }
        }

        throw failure;
    }

    private static async ValueTask<StackPeer> ConnectOneAsync(StackEndpoint endpoint, MultiserverAddress address, StackNode node, CancellationToken cancellationToken)
    {
        var dialling = DialAsync(endpoint, node.Options, cancellationToken);
        // what needs no word of the server is made while the connection is
        using var shs = ShsHandshake.Prepare(node.Options, node.Keys, address.Key, address.Agreement);
        var connection = await dialling.ConfigureAwait(false);
        try
        {
            var session = await ShsHandshake.ConnectAsync(connection, node.Options, shs, cancellationToken).ConfigureAwait(false);
            return new StackPeer(node, StackPermissions.Anonymous, connection, session, isClient: true);
        }
        catch (Exception exception)
        {
            if (exception is StackException { Error: var error })
                StackMetrics.Refused(isClient: true, error);
            await connection.CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, StackOptions options, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.DialTimeout, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await options.Network.DialAsync(endpoint, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StackException(StackError.Unreachable, exception);
        }
        catch (IOException exception)
        {
            throw new StackException(StackError.Unreachable, exception);
        }
    }
}
