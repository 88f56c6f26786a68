using System.Net;
using System.Net.Sockets;
using System.Text;
using Secrets.Crypto;
using Secrets.Stack.Tests.Connections;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests.Network;

/// <summary>Unix sockets, memory, onion services through a proxy, alternatives, scopes, discovery.</summary>
public class TransportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Unix_socket_serves_its_owner_and_replaces_a_dead_one()
    {
        var folder = Directory.CreateTempSubdirectory("stack").FullName;
        var path = Path.Combine(folder, "node");
        using var keys = StackKeys.Generate(RandomSource.System);
        // what a program leaves behind that ended without a word
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            dead.Bind(new UnixDomainSocketEndPoint(path));
        await using (var node = await TestNode.Stack().Use<HarnessPlugin>().StartAsync(keys, options => options.Listen($"unix:{path}~shs"), Token))
        {
            await using var client = TestNode.Stack().CreateClient();
            await using var peer = await client.ConnectAsync(node.Address!.ToString(), Token);
            Assert.Equal(21, await peer.CallAsync<int>("harness.echo", [21], Token));
            Assert.StartsWith($"unix:{path}~shs:", node.Address.ToString(), StringComparison.Ordinal);
            Assert.Null(node.GetAddress(StackScopes.Public));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            _ = await Assert.ThrowsAsync<IOException>(() => TestNode.Stack().StartAsync(keys, options => options.Listen($"unix:{path}~shs"), Token));
            Assert.Equal(1, await peer.CallAsync<int>("harness.echo", [1], Token));
        }

        Assert.False(File.Exists(path));
        await File.WriteAllTextAsync(path, "not ours", Token);
        _ = await Assert.ThrowsAsync<IOException>(() => TestNode.Stack().StartAsync(keys, options => options.Listen($"unix:{path}~shs"), Token));
        Assert.Equal("not ours", await File.ReadAllTextAsync(path, Token));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(false, false, StackError.HandshakeClosed)]
    [InlineData(false, true, StackError.HandshakeClosed)]
    [InlineData(true, false, StackError.UnexpectedEnd)]
    [InlineData(true, true, StackError.UnexpectedEnd)]
    public async Task A_socket_that_is_half_closed_or_reset_ends_its_own_connection(bool isAuthenticated, bool isReset, StackError expected)
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = await TestNode.Stack().Use<HarnessPlugin>().StartAsync(keys, options => options.Listen("net:127.0.0.1:0~shs"), Token);
        var endpoint = new IPEndPoint(IPAddress.Loopback, node.Address!.Endpoints[0].Port);
        await using var client = TestNode.Stack().CreateClient();
        await using var good = await client.ConnectAsync(node.Address, Token);
        Assert.Equal(1, await good.CallAsync<int>("harness.echo", [1], Token));
        var ended = new TaskCompletionSource<StackError>();
        node.Refused += error => ended.TrySetResult(error);
        node.Disconnected += (_, error) => ended.TrySetResult(error);

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint, Token);
        if (isAuthenticated)
            (await ShsHandshake.ConnectAsync(new SocketConnection(socket), new StackOptions { AppKey = TestNode.AppKey }, client.Keys, keys.PublicKey, Token)).Dispose();
        else
            _ = await socket.SendAsync(new byte[10], Token);
        if (isReset)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }
        else
        {
            socket.Shutdown(SocketShutdown.Send);
        }

        Assert.Equal(expected, await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.Equal(2, await good.CallAsync<int>("harness.echo", [2], Token));
        _ = Assert.Single(node.Peers);
    }

    [Fact]
    public async Task A_dial_that_is_reset_says_so_and_keeps_no_socket()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        var network = new ResetNetwork();
        await using var client = TestNode.Stack(options => options.Network = network).CreateClient();

        var failure = await Assert.ThrowsAsync<StackException>(async () => await client.ConnectAsync(new MultiserverAddress(keys.PublicKey, TestNode.Memory), Token));

        Assert.Equal(StackError.HandshakeClosed, failure.Error);
        Assert.True(network.Dialled!.SafeHandle.IsClosed);
    }

    [Fact]
    public async Task A_node_stops_though_a_peer_that_asked_for_much_reads_nothing()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = await TestNode.Stack(static options => options.CloseTimeout = TimeSpan.FromMilliseconds(100)).Use<HarnessPlugin>()
            .StartAsync(keys, options => options.Listen("net:127.0.0.1:0~shs"), Token);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, node.Address!.Endpoints[0].Port), Token);
        var ended = new TaskCompletionSource<StackError>();
        node.Disconnected += (_, error) => ended.TrySetResult(error);
        await using var raw = await RawPeer.ConnectAsync(new SocketConnection(socket), ended.Task, keys.PublicKey, TestNode.AppKey);
        await raw.SendPacketAsync(0b1010, 1, """{"name":["harness","buffers"],"args":[65536,10000],"type":"source"}""");
        // until what the systems hold for both is full
        for (var (before, now) = (-1, 0); before != now || now == 0; before = now, now = socket.Available)
            await Task.Delay(200, Token);

        await node.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.Equal(StackError.Closed, await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task Nodes_of_one_program_reach_each_other_through_memory_by_any_alternative_that_is_there()
    {
        var memory = new MemoryNetwork();
        var stack = TestNode.Stack(options => options.Network = memory).Use(memory).Use<HarnessPlugin>();
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = await stack.StartAsync(keys, options => options.Listen("net:alice:1~shs", "wss://alice/x~shs"), Token);
        await using var client = stack.CreateClient();
        var all = new MultiserverAddress(keys.PublicKey, [new StackEndpoint(StackTransport.Tcp, "gone", 1), .. node.Address!.Endpoints]);

        await using var peer = await client.ConnectAsync(all, Token);
        Assert.Equal(21, await peer.CallAsync<int>("harness.echo", [21], Token));
        _ = await Assert.ThrowsAsync<IOException>(() => stack.StartAsync(keys, options => options.Listen("net:alice:1~shs"), Token));
        _ = await Assert.ThrowsAsync<ArgumentException>(() => stack.StartAsync(keys, options => options.Listen("net:alice:1"), Token));
        _ = await Assert.ThrowsAsync<ArgumentException>(() => TestNode.Stack().StartAsync(keys, options => options.Listen("ws://alice~shs"), Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("chat 7")]
    public async Task An_onion_service_is_dialled_through_the_proxy_which_resolves_its_name(string isolation)
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = await TestNode.Stack().Use<HarnessPlugin>().StartAsync(keys, options => options.Listen("net:127.0.0.1:0~shs"), Token);
        using var proxy = new SocksProxy(node.Address!.Endpoints.Single().Port, isolation);
        await using var client = TestNode.Stack(options => options.Network = StackNetwork.Through(proxy.Endpoint, isolation)).CreateClient();
        var address = new MultiserverAddress(keys.PublicKey, new StackEndpoint(StackTransport.Onion, "abc.onion", 8008));

        await using (var peer = await client.ConnectAsync(address, Token))
            Assert.Equal(21, await peer.CallAsync<int>("harness.echo", [21], Token));
        Assert.Equal("abc.onion:8008", await proxy.Asked);
        await using var plain = TestNode.Stack().CreateClient();
        Assert.Equal(StackError.BadAddress, (await Assert.ThrowsAsync<StackException>(async () => await plain.ConnectAsync(address, Token))).Error);
    }

    [Fact]
    public async Task A_proxy_that_refuses_or_is_none_is_unreachable()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        var address = new MultiserverAddress(keys.PublicKey, new StackEndpoint(StackTransport.Onion, "abc.onion", 8008));
        foreach (var answer in new byte[][] { [5, 255], [5, 0, 5, 4, 0, 1, 0], [4, 0], "HTTP/1.1 400"u8.ToArray(), [5, 0, 5, 0, 0, 9, 0], [] })
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var serving = Task.Run(
                async () =>
                {
                    using var socket = await listener.AcceptSocketAsync(Token);
                    _ = await socket.SendAsync(answer, Token);
                    socket.Shutdown(SocketShutdown.Send);
                    while (await socket.ReceiveAsync(new byte[64], Token) > 0)
                    {
                    }
                },
                Token);
            await using var client = TestNode.Stack(options => options.Network = StackNetwork.Through((IPEndPoint)listener.LocalEndpoint)).CreateClient();
            Assert.Equal(StackError.Unreachable, (await Assert.ThrowsAsync<StackException>(async () => await client.ConnectAsync(address, Token))).Error);
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [Fact]
    public async Task A_node_listens_at_every_interface()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        foreach (var address in Socket.OSSupportsIPv6 ? new[] { "net:0.0.0.0:0~shs", "net::::0~shs" } : ["net:0.0.0.0:0~shs"])
        {
            await using var node = await TestNode.Stack().Use<HarnessPlugin>().StartAsync(keys, options => options.Listen(address), Token);
            await using var client = TestNode.Stack().CreateClient();
            Assert.Equal("localhost", Assert.Single(node.Address!.Endpoints).Host);
            await using var peer = await client.ConnectAsync(node.Address, Token);
            Assert.Equal(21, await peer.CallAsync<int>("harness.echo", [21], Token));
        }
    }

    [Fact]
    public void Addresses_are_told_to_those_who_can_use_them()
    {
        static string[] Hosts(string host, StackScopes scope, string? external = null) =>
            [.. LocalHosts.Expand(new StackEndpoint(StackTransport.Tcp, host, 8008), scope, external).Select(endpoint => endpoint.Host)];

        Assert.Equal(["localhost"], Hosts("0.0.0.0", StackScopes.Device));
        Assert.Equal(["127.0.0.1"], Hosts("127.0.0.1", StackScopes.Device));
        Assert.Empty(Hosts("127.0.0.1", StackScopes.Local));
        Assert.Empty(Hosts("::1", StackScopes.Public, "relay.example"));
        Assert.Equal(["relay.example"], Hosts("0.0.0.0", StackScopes.Public, "relay.example"));
        Assert.Equal(["192.168.1.7"], Hosts("192.168.1.7", StackScopes.Local));
        Assert.Equal(["relay.example"], Hosts("192.168.1.7", StackScopes.Public, "relay.example"));
        Assert.DoesNotContain("0.0.0.0", Hosts("0.0.0.0", StackScopes.All));
    }

    [Fact]
    public async Task Discovery_is_a_plugin_that_its_host_starts_and_stops()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var node = TestNode.Stack().Use<LanPlugin>().CreateNode(keys);

        Assert.False(await node.CallAsync<bool>("lan.stop", cancellationToken: Token));
        Assert.True(await node.CallAsync<bool>("lan.start", cancellationToken: Token));
        Assert.False(await node.CallAsync<bool>("lan.start", cancellationToken: Token));
        Assert.True(await node.CallAsync<bool>("lan.stop", cancellationToken: Token));
    }

    [Fact]
    public async Task A_node_finds_those_that_tell_their_address_and_passes_over_nonsense()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        using var otherKeys = StackKeys.Generate(RandomSource.System);
        var memory = new MemoryNetwork();
        var stack = TestNode.Stack().Use(memory);
        await using var node = stack.CreateNode(keys);
        await using var other = await stack.StartAsync(otherKeys, options => options.Listen(StackScopes.Local, "net:192.168.1.7:8008~shs"), Token);
        await using var finder = LocalDiscovery.Start(node, new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, 9));
        using var noise = new UdpClient();
        using var stranger = StackKeys.Generate(RandomSource.System);
        string[] nonsense = ["", "{}", "net:a:1~noauth", new('x', 2000), $"net:a:1~shs:{Convert.ToBase64String(keys.PublicKey.Bytes)}", $"unix:/run/x~shs:{Convert.ToBase64String(stranger.PublicKey.Bytes)}"];
        foreach (var text in nonsense)
            _ = await noise.SendAsync(Encoding.UTF8.GetBytes(text), finder.LocalEndpoint, Token);
        await using var teller = LocalDiscovery.Start(other, new IPEndPoint(IPAddress.Loopback, 0), finder.LocalEndpoint);

        var found = await finder.FoundAsync(Token).FirstAsync(Token);

        Assert.Equal($"net:192.168.1.7:8008~shs:{Convert.ToBase64String(otherKeys.PublicKey.Bytes)}", found.ToString());
        // and whoever asks later
        Assert.Equal(found, await finder.FoundAsync(Token).FirstAsync(Token));
    }

    /// <summary>Every dial is taken, and reset before it is of use.</summary>
    private sealed class ResetNetwork : IStackNetwork
    {
        public Socket? Dialled { get; private set; }

        public bool CanDial(StackEndpoint endpoint) => true;

        public async ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            Dialled = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await Dialled.ConnectAsync(listener.LocalEndpoint, cancellationToken);
            using var taken = await listener.AcceptSocketAsync(cancellationToken);
            var connection = new SocketConnection(Dialled);
            taken.LingerState = new LingerOption(enable: true, seconds: 0);
            taken.Close();
            Assert.True(Dialled.Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead));
            return connection;
        }
    }
}
