using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Secrets.Relay;

/// <summary>Hands each TCP connection to the relay.</summary>
internal sealed class TcpConnections(RelayCore core) : ConnectionHandler
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        _ = await core.AcceptAsync(new KestrelConnection(connection), remote, connection.ConnectionClosed).ConfigureAwait(false);
    }
}
