using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.Versioning;

namespace Secrets.Stack;

/// <summary>The networks that come with the stack.</summary>
public static class StackNetwork
{
    /// <summary>TCP, Unix sockets (neither in the browser) and WebSocket of the system. Onion services need <see cref="Through"/>.</summary>
    public static IStackNetwork System { get; } = new SystemNetwork();

    /// <summary>TCP and Unix sockets to listen at.</summary>
    internal static IStackServer Servers { get; } = new SocketServer();

    /// <summary>The system's network, with onion services through the SOCKS5 proxy of Tor. Connections of one <paramref name="isolation"/> may share a circuit, others don't.</summary>
    [UnsupportedOSPlatform("browser")]
    public static IStackNetwork Through(IPEndPoint proxy, string isolation = "")
    {
        ArgumentNullException.ThrowIfNull(proxy);
        ArgumentNullException.ThrowIfNull(isolation);
        return new TorNetwork(proxy, isolation);
    }

    /// <summary>Connects a socket, greets whoever is to pass it on, and makes a connection of it: what fails of that is a place that can't be reached.</summary>
    [UnsupportedOSPlatform("browser")]
    private static async ValueTask<IDuplexConnection> DialAsync(Func<Socket> open, EndPoint place, Func<Socket, ValueTask>? greet, string? remoteAddress, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = open();
            await socket.ConnectAsync(place, cancellationToken).ConfigureAwait(false);
            if (greet is not null)
                await greet(socket).ConfigureAwait(false);
            return new SocketConnection(socket, remoteAddress);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            socket?.Dispose();
            throw new StackException(StackError.Unreachable, exception);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private sealed class SystemNetwork : IStackNetwork
    {
        public bool CanDial(StackEndpoint endpoint) => endpoint.IsWebSocket || (endpoint.Transport != StackTransport.Onion && !OperatingSystem.IsBrowser());

        public async ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
        {
            if (endpoint.IsWebSocket)
                return await DialWebSocketAsync(endpoint, cancellationToken).ConfigureAwait(false);
            if (OperatingSystem.IsBrowser() || endpoint.Transport == StackTransport.Onion)
                throw new StackException(StackError.BadAddress);
            var (open, place) = Way(endpoint);
            return await StackNetwork.DialAsync(open, place, greet: null, remoteAddress: null, cancellationToken).ConfigureAwait(false);
        }

        [UnsupportedOSPlatform("browser")]
        private static (Func<Socket> Open, EndPoint Place) Way(StackEndpoint endpoint)
        {
            if (endpoint.Transport == StackTransport.Unix)
                return (static () => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(endpoint.Path));
            // an address needs no look-up, and no socket for both families
            return IPAddress.TryParse(endpoint.Host, out var address)
                ? (() => new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(address, endpoint.Port))
                : (static () => new Socket(SocketType.Stream, ProtocolType.Tcp), new DnsEndPoint(endpoint.Host, endpoint.Port));
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

    [UnsupportedOSPlatform("browser")]
    private sealed class TorNetwork(IPEndPoint proxy, string isolation) : IStackNetwork
    {
        public bool CanDial(StackEndpoint endpoint) => endpoint.Transport == StackTransport.Onion || System.CanDial(endpoint);

        public async ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
        {
            if (endpoint.Transport != StackTransport.Onion)
                return await System.DialAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return await StackNetwork.DialAsync(
                () => new Socket(proxy.AddressFamily, SocketType.Stream, ProtocolType.Tcp),
                proxy,
                async socket =>
                {
                    var stream = new NetworkStream(socket, ownsSocket: false);
                    await using (stream.ConfigureAwait(false))
                        await SocksRequest.SendAsync(stream, endpoint.Host, endpoint.Port, isolation, cancellationToken).ConfigureAwait(false);
                },
                endpoint.ToString(),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class SocketServer : IStackServer
    {
        public bool CanListen(StackEndpoint endpoint) => endpoint.Transport is StackTransport.Tcp or StackTransport.Unix && !OperatingSystem.IsBrowser();

        public async ValueTask<IStackListener> ListenAsync(StackEndpoint endpoint, Func<IDuplexConnection, Task> serve, CancellationToken cancellationToken)
        {
            if (OperatingSystem.IsBrowser())
                throw new PlatformNotSupportedException();
            try
            {
                if (endpoint.Transport == StackTransport.Unix)
                    return new StackListener(endpoint.Path, serve);
                // an address as it is: "every interface" is none that could be looked up
                if (!IPAddress.TryParse(endpoint.Host, out var address))
                    address = (await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken).ConfigureAwait(false))[0];
                return new StackListener(new IPEndPoint(address, endpoint.Port), serve);
            }
            catch (SocketException exception)
            {
                throw new IOException("The address is taken, or not ours to use.", exception);
            }
        }
    }
}
