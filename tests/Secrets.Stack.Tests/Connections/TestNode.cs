using Secrets.Crypto;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests.Connections;

/// <summary>A node with its keys, and clients that reach it through memory.</summary>
internal sealed class TestNode : IAsyncDisposable, IStackNetwork
{
    private readonly StackKeys _keys = StackKeys.Generate(RandomSource.System);
    private readonly List<StackNode> _clients = [];

    public TestNode(
        Action<StackOptions>? options = null, Plugin? plugin = null, Func<Ed25519PublicKey, CancellationToken, ValueTask<StackPermissions?>>? authorize = null, Action<NodeOptions>? nodeOptions = null)
    {
        Node = Stack(options).Use(plugin ?? new HarnessPlugin().Build()).CreateNode(_keys, nodeOptions);
        if (authorize is not null)
            Node.HookAuth((key, _, token) => authorize(key, token));
    }

    public static AppKey AppKey { get; } = AppKey.FromName("test"u8);

    public StackNode Node { get; }

    public Task<StackError> LastServed { get; private set; } = Task.FromResult(StackError.None);

    public static StackEndpoint Memory { get; } = new(StackTransport.Tcp, "memory", 1);

    public MultiserverAddress Address => new(Node.PublicKey, Memory);

    public static SecretStack Stack(Action<StackOptions>? options = null) => SecretStack.Create(stack =>
    {
        stack.AppKey = AppKey;
        options?.Invoke(stack);
    });

    public ValueTask<StackPeer> ConnectAsync(Action<StackOptions>? options = null) => Client(options).ConnectAsync(Address);

    public StackNode Client(Action<StackOptions>? options = null, StackKeys? keys = null)
    {
        var stack = Stack(stack =>
        {
            stack.Network = this;
            options?.Invoke(stack);
        });
        var client = keys is null ? stack.CreateClient() : stack.CreateClient(keys);
        _clients.Add(client);
        return client;
    }

    public bool CanDial(StackEndpoint endpoint) => true;

    public ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
    {
        var (near, far) = DuplexPair.Create();
        LastServed = Node.AcceptAsync(far, cancellationToken: default);
        return ValueTask.FromResult(near);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Node.DisposeAsync();
        _keys.Dispose();
    }
}
