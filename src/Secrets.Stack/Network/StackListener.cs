using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Secrets.Stack;

/// <summary>A listening TCP socket of a node.</summary>
[UnsupportedOSPlatform("browser")]
public sealed class StackListener : IAsyncDisposable
{
    private const int Backlog = 1024;
    private static readonly TimeSpan PauseWhenExhausted = TimeSpan.FromMilliseconds(200);

    private readonly StackNode _node;
    private readonly Func<IDuplexConnection, Task> _serve;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    internal StackListener(StackNode node, IPEndPoint endpoint, Func<IDuplexConnection, Task> serve)
    {
        _node = node;
        _serve = serve;
        _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6 && endpoint.Address.Equals(IPAddress.IPv6Any))
                _socket.DualMode = true;
            _socket.Bind(endpoint);
            _socket.Listen(Backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        LocalEndpoint = (IPEndPoint)_socket.LocalEndPoint!;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens, with the real port if 0 was asked for.</summary>
    public IPEndPoint LocalEndpoint { get; }

    /// <summary>Stops listening; connections go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        _node.Forget(this);
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                Serve(socket);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // one connection that was gone at once, or no more handles: neither ends the listener
                await PauseAsync().ConfigureAwait(false);
            }
        }
    }

    private void Serve(Socket socket)
    {
        TcpConnection connection;
        try
        {
            connection = new TcpConnection(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return;
        }

        // it never faults, and the node keeps track of it
        _ = Task.Run(() => _serve(connection));
    }

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(PauseWhenExhausted, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
