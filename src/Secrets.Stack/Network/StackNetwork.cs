using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.Versioning;

namespace Secrets.Stack;

/// <summary>The networks that come with the stack.</summary>
public static class StackNetwork
{
    /// <summary>TCP (not in the browser) and WebSocket of the system.</summary>
    public static IStackNetwork System { get; } = new SystemNetwork();

    private sealed class SystemNetwork : IStackNetwork
    {
        public bool CanDial(StackEndpoint endpoint) => endpoint.Transport != StackTransport.Tcp || !OperatingSystem.IsBrowser();

        public async ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
        {
            if (endpoint.Transport != StackTransport.Tcp)
                return await DialWebSocketAsync(endpoint, cancellationToken).ConfigureAwait(false);
            if (OperatingSystem.IsBrowser())
                throw new StackException(StackError.BadAddress);
            return await DialTcpAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }

        [UnsupportedOSPlatform("browser")]
        private static async ValueTask<IDuplexConnection> DialTcpAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken).ConfigureAwait(false);
                return new TcpConnection(socket);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                throw new StackException(StackError.Unreachable, exception);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        private static async ValueTask<IDuplexConnection> DialWebSocketAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
        {
            var socket = new ClientWebSocket();
            try
            {
                await socket.ConnectAsync(endpoint.WebSocketUri, cancellationToken).ConfigureAwait(false);
                return new WebSocketConnection(socket, endpoint.ToString());
            }
            catch (WebSocketException exception)
            {
                socket.Dispose();
                throw new StackException(StackError.Unreachable, exception);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
