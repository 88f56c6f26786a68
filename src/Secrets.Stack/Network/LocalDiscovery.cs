using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Channels;

namespace Secrets.Stack;

/// <summary>Tells the local network the node's address, and finds others that do: UDP broadcasts, as the JavaScript stack sends them.</summary>
/// <remarks>
/// Everybody on the network learns the node's key and where it is: only a host that wants that adds it. What is found is a claim; only a
/// connection proves it. Spec: docs/protocol/stack.md §4.8.
/// </remarks>
[UnsupportedOSPlatform("browser")]
public sealed class LocalDiscovery : IAsyncDisposable
{
    /// <summary>The port of the JavaScript stack.</summary>
    public const int DefaultPort = 8008;

    private const int MaxFound = 256;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly StackNode _node;
    private readonly Socket _socket;
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, MultiserverAddress> _known = [];
    private readonly HashSet<Channel<MultiserverAddress>> _readers = [];
    private readonly Task _running;
    private bool _isOver;

    private LocalDiscovery(StackNode node, IPEndPoint listen, IPEndPoint target)
    {
        _node = node;
        _target = target;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _socket.Bind(listen);
        LocalEndpoint = (IPEndPoint)_socket.LocalEndPoint!;
        _running = Task.WhenAll(Task.Run(SendAsync), Task.Run(ReceiveAsync));
    }

    /// <summary>Where broadcasts are heard.</summary>
    public IPEndPoint LocalEndpoint { get; }

    /// <summary>Starts on all interfaces. The node's address of scope private or local is told every 2 seconds, if it has one.</summary>
    /// <exception cref="SocketException">The port is not ours to use.</exception>
    public static LocalDiscovery Start(StackNode node, int port = DefaultPort) =>
        Start(node, new IPEndPoint(IPAddress.Any, port), new IPEndPoint(IPAddress.Broadcast, port));

    internal static LocalDiscovery Start(StackNode node, IPEndPoint listen, IPEndPoint target)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new LocalDiscovery(node, listen, target);
    }

    /// <summary>The addresses that others tell, to every reader each once, those that are known already first; the oldest are dropped if the reader doesn't take them.</summary>
    public async IAsyncEnumerable<MultiserverAddress> FoundAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var found = Channel.CreateBounded<MultiserverAddress>(new BoundedChannelOptions(MaxFound) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (var address in _known.Values)
                _ = found.Writer.TryWrite(address);
            if (_isOver)
                found.Writer.Complete();
            else
                _ = _readers.Add(found);
        }

        try
        {
            await foreach (var address in found.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return address;
        }
        finally
        {
            lock (_gate)
                _ = _readers.Remove(found);
        }
    }

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _running.ConfigureAwait(false);
        lock (_gate)
        {
            _isOver = true;
            foreach (var reader in _readers)
                _ = reader.Writer.TryComplete();
        }
    }

    private async Task SendAsync()
    {
        using var timer = new PeriodicTimer(Period, _node.Options.TimeProvider);
        try
        {
            do
            {
                if ((_node.GetAddress(StackScopes.Private) ?? _node.GetAddress(StackScopes.Local)) is { } address)
                    await TrySendAsync(Encoding.UTF8.GetBytes(address.ToString())).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (ObjectDisposedException)
        {
            return;
        }
    }

    private async Task TrySendAsync(byte[] text)
    {
        try
        {
            _ = await _socket.SendToAsync(text, SocketFlags.None, _target, _stopping.Token).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // no network at the moment; the next time may be better
            return;
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[MultiserverAddress.MaxLength];
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stopping.Token).ConfigureAwait(false);
                Take(buffer.AsSpan(0, received.ReceivedBytes));
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
                // one that was too long, or an answer that an earlier one of ours had no taker
            }
        }
    }

    /// <summary>Anything may come in a broadcast: false for what is no address, or leads to this machine's own sockets.</summary>
    internal static bool TryReadDatagram(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MultiserverAddress? address) =>
        MultiserverAddress.TryParse(Encoding.UTF8.GetString(text), out address)
        && !address.Endpoints.Any(static endpoint => endpoint.Transport == StackTransport.Unix);

    private void Take(ReadOnlySpan<byte> text)
    {
        if (!TryReadDatagram(text, out var address) || address.Key == _node.PublicKey)
            return;
        lock (_gate)
        {
            if (!_known.TryAdd(address.ToString(), address))
                return;
            if (_known.Count > MaxFound)
                _known.RemoveAt(0);
            foreach (var reader in _readers)
                _ = reader.Writer.TryWrite(address);
        }
    }
}
