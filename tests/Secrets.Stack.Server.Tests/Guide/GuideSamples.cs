using Secrets.Crypto;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Server.Tests.Guide;

/// <summary>The samples of docs/guide/stack.md, run. Their text is compared with the guide by <see cref="GuideTests"/>.</summary>
public class GuideSamples
{
    [Fact]
    public async Task The_first_node_and_its_client()
    {
        var ct = TestContext.Current.CancellationToken;
        var answers = new List<string>();

        var appKey = AppKey.FromName("example chat"u8);
        using var keys = StackKeys.Generate(RandomSource.System);
        var stack = SecretStack.Create(o =>
            {
                o.AppKey = appKey; // 32 bytes; who doesn't know them can't connect
                o.Json = ChatJson.Default;
            })
            .UseKestrel() // from Secrets.Stack.Server: ws:// addresses
            .Use<ChatPlugin>()
            .Use(new Plugin("foo") { ["bar"] = Rpc.Async<int, string>((n, _) => ValueTask.FromResult($"<{n}>")) }.AllowAnonymous("bar"));
        await using var node = await stack.StartAsync(keys, o => o.Listen("net:127.0.0.1:0~shs", "ws://127.0.0.1:0~shs"), ct);

        await using var client = stack.CreateClient(); // new keys, no methods of its own
        await using var peer = await client.ConnectAsync(node.Address!, ct);
        string answer = await peer.CallAsync<string>("foo.bar", [21], ct);
        answers.Add(answer);

        int length = await Chat.Say.CallAsync(peer, "hello", ct);
        await foreach (var line in Chat.Lines.CallAsync(peer, ct))
        {
            answers.Add(line.Text);
            break;
        }

        Assert.Equal(5, length);

        Assert.Equal(["<21>", "hello"], answers);
        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync<int>("chat.say", [""], ct));
        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync<int>("chat.clear", [], ct));
    }

    [Fact]
    public async Task Items_by_the_name_of_their_method()
    {
        var ct = TestContext.Current.CancellationToken;
        var answers = new List<string>();
        using var keys = StackKeys.Generate(RandomSource.System);
        var memory = new MemoryNetwork();
        var stack = SecretStack.Create(o =>
        {
            o.AppKey = NodePeer.AppKey;
            o.Json = ChatJson.Default;
            o.Network = memory;
        }).Use(memory).Use<ChatPlugin>();
        await using var node = await stack.StartAsync(keys, o => o.Listen("net:alice:1~shs"), ct);
        await using var client = stack.CreateClient();
        await using var peer = await client.ConnectAsync(node.Address!, ct);
        _ = await Chat.Say.CallAsync(peer, "hello", ct);

        await foreach (var line in peer.SourceAsync<Line>("chat.lines", [], ct))
        {
            answers.Add(line.Text);
            break;
        }

        Assert.Equal(["hello"], answers);
    }

    [Fact]
    public async Task Permissions_and_hooks()
    {
        var ct = TestContext.Current.CancellationToken;
        using var keys = StackKeys.Generate(RandomSource.System);
        using var host = StackKeys.Generate(RandomSource.System);
        using var friend = StackKeys.Generate(RandomSource.System);
        var stack = SecretStack.Create(o => o.AppKey = NodePeer.AppKey).Use<ChatPlugin>();

        stack.Use(new Plugin("manners").Needs("chat").Initialize(node =>
        {
            node.Hook(Chat.Say.Path, (call, next) => next(call.With([call.Argument<string>(0).Trim()])));
            node.Hook(Chat.Lines.Path, (call, next) => next(call.WithItems(sent: line => (string?)line.Json!["Text"] is { Length: <= 500 } ? line : null)));
            node.HookAuth(async (key, next, _) => (await next())?.Except("chat.lines"));
        }));
        await using var node = stack.CreateNode(keys, o => o
            .Master(host.PublicKey)
            .Permit(friend.PublicKey, StackPermissions.Allow("chat").Except(Chat.Clear.Path)));

        var (near, far) = DuplexPair.Create();
        var served = node.AcceptAsync(far, ct);
        await using var client = SecretStack.Create(o =>
        {
            o.AppKey = NodePeer.AppKey;
            o.Network = new OneConnection(near);
        }).CreateClient(friend);
        await using (var peer = await client.ConnectAsync(new MultiserverAddress(keys.PublicKey, new StackEndpoint(StackTransport.Tcp, "a", 1)), ct))
        {
            Assert.Equal(5, await peer.CallAsync<int>("chat.say", ["  hello "], ct));
            _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync<int>("chat.clear", [], ct));
        }

        Assert.Equal(StackError.Closed, await served);
    }

    [Fact]
    public async Task A_connection_that_comes_back()
    {
        var ct = TestContext.Current.CancellationToken;
        using var keys = StackKeys.Generate(RandomSource.System);
        var memory = new MemoryNetwork();
        var stack = SecretStack.Create(o =>
        {
            o.AppKey = NodePeer.AppKey;
            o.Network = memory;
            o.CallTimeout = TimeSpan.FromSeconds(30);
            o.KeepAlive = TimeSpan.FromMinutes(1);
        }).Use(memory).Use<ChatPlugin>();
        await using var node = await stack.StartAsync(keys, o => o.Listen("net:alice:1~shs"), ct);
        await using var client = stack.CreateClient();
        var address = node.Address!;

        await using var lasting = client.KeepConnected(address);
        var peer = await lasting.GetPeerAsync(ct);
        var length = await peer.CallAsync<int>("chat.say", ["still here"], ct);

        Assert.Equal(10, length);
    }

    private sealed class OneConnection(IDuplexConnection connection) : IStackNetwork
    {
        public bool CanDial(StackEndpoint endpoint) => true;

        public ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken) => ValueTask.FromResult(connection);
    }
}
