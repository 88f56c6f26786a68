using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Secrets.Stack.Tests.Network;

/// <summary>A SOCKS5 proxy for one connection, which it makes to a port of this machine whatever name is asked for.</summary>
internal sealed class SocksProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<string> _asked = new();
    private readonly Task _serving;

    public SocksProxy(int port, string isolation)
    {
        _listener.Start();
        _serving = Task.Run(() => ServeAsync(port, isolation));
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    public Task<string> Asked => _asked.Task;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(int port, string isolation)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var greeting = await ReadAsync(stream, 3);
        var method = isolation.Length == 0 ? (byte)0 : (byte)2;
        Assert.Equal([5, 1, method], greeting);
        await stream.WriteAsync(new byte[] { 5, method });
        if (method == 2)
        {
            Assert.Equal(1, (await ReadAsync(stream, 1))[0]);
            Assert.Equal(isolation, await ReadTextAsync(stream));
            Assert.Equal(isolation, await ReadTextAsync(stream));
            await stream.WriteAsync(new byte[] { 1, 0 });
        }

        Assert.Equal([5, 1, 0, 3], await ReadAsync(stream, 4));
        var host = await ReadTextAsync(stream);
        var asked = await ReadAsync(stream, 2);
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port);
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 1, 1 });
        _asked.SetResult($"{host}:{(asked[0] << 8) | asked[1]}");
        var there = stream.CopyToAsync(server.GetStream());
        await Task.WhenAny(there, server.GetStream().CopyToAsync(stream));
    }

    private static async Task<string> ReadTextAsync(NetworkStream stream) => Encoding.UTF8.GetString(await ReadAsync(stream, (await ReadAsync(stream, 1))[0]));

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int size)
    {
        var bytes = new byte[size];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
