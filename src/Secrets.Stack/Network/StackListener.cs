using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Secrets.Stack;

/// <summary>A listening socket of a node: TCP or Unix.</summary>
[UnsupportedOSPlatform("browser")]
public sealed class StackListener : IStackListener
{
    private const int Backlog = 1024;
    private static readonly TimeSpan PauseWhenExhausted = TimeSpan.FromMilliseconds(200);

    private readonly Func<IDuplexConnection, Task> _serve;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private readonly Action<StackListener>? _forget;
    private readonly string? _path;

    internal StackListener(IPEndPoint endpoint, Func<IDuplexConnection, Task> serve, Action<StackListener>? forget = null)
    {
        _serve = serve;
        _forget = forget;
        _socket = Bind(endpoint, ProtocolType.Tcp);
        LocalEndpoint = (IPEndPoint)_socket.LocalEndPoint!;
        Endpoint = new StackEndpoint(StackTransport.Tcp, LocalEndpoint.Address.ToString(), LocalEndpoint.Port);
        _accepting = Task.Run(AcceptAsync);
    }

    internal StackListener(string path, Func<IDuplexConnection, Task> serve)
    {
        _serve = serve;
        _path = path;
        RemoveDead(path);
        _socket = Bind(new UnixDomainSocketEndPoint(path), ProtocolType.Unspecified);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        LocalEndpoint = new IPEndPoint(IPAddress.None, 0);
        Endpoint = StackEndpoint.Unix(path);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens on TCP, with the real port if 0 was asked for.</summary>
    public IPEndPoint LocalEndpoint { get; }

    /// <inheritdoc/>
    public StackEndpoint Endpoint { get; }

    /// <summary>Stops listening; connections go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        if (_path is not null)
            RemoveOwn(_path);
        _forget?.Invoke(this);
    }

    /// <summary>Removes the socket that a program left behind when it ended without a word; anything else at the path stays, and binding fails.</summary>
    private static void RemoveDead(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: 0 })
            return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
    }

    private static void RemoveOwn(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // its folder is gone, or not ours any more: the next one to listen there finds it dead
        }
    }

    private static Socket Bind(EndPoint endpoint, ProtocolType protocol)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, protocol);
        try
        {
            if (endpoint is IPEndPoint ip && ip.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(endpoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
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
        SocketConnection connection;
        try
        {
            connection = new SocketConnection(socket);
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
