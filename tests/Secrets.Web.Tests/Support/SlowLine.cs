using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Secrets.Web.Tests.Support;

/// <summary>A line to the relay as on a bad day: 300 ms there and back, and one segment in a hundred stalls for a second.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private const int Segment = 1460;

    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly IPEndPoint _relay;
    private readonly Task _accepting;
    private int _segments;

    public SlowLine(string relay)
    {
        _relay = IPEndPoint.Parse(new Uri(relay).Authority);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}/";

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
                lines.Add(CarryAsync(await _listener.AcceptSocketAsync(_ended.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task CarryAsync(Socket caller)
    {
        using var near = caller;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(_relay, _ended.Token);
            await Task.WhenAll(OneWayAsync(near, far), OneWayAsync(far, near));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // one side hung up: so does the other
        }
    }

    /// <summary>Segments stay in order, so one that stalls holds up those behind it.</summary>
    private async Task OneWayAsync(Socket from, Socket to)
    {
        var underway = Channel.CreateBounded<(DateTime Due, byte[] Bytes)>(2000);
        var arriving = ArriveAsync();
        var buffer = new byte[Segment];
        try
        {
            for (int length; (length = await from.ReceiveAsync(buffer, _ended.Token)) > 0;)
            {
                var delay = Interlocked.Increment(ref _segments) % 100 == 0 ? Way + Stall : Way;
                await underway.Writer.WriteAsync((DateTime.UtcNow + delay, buffer[..length]), _ended.Token);
            }
        }
        finally
        {
            underway.Writer.Complete();
        }
        await arriving;

        async Task ArriveAsync()
        {
            await foreach (var (due, bytes) in underway.Reader.ReadAllAsync(_ended.Token))
            {
                if (due - DateTime.UtcNow is { Ticks: > 0 } left)
                    await Task.Delay(left, _ended.Token);
                _ = await to.SendAsync(bytes, _ended.Token);
            }
            to.Shutdown(SocketShutdown.Send);
        }
    }
}
