using Secrets.Crypto;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests.Connections;

/// <summary>A node with its keys, and clients that reach it through memory.</summary>
internal sealed class TestNode : IAsyncDisposable, IStackNetwork
{
    private readonly StackKeys _keys = StackKeys.Generate(RandomSource.System);
    private readonly StackKeys _clientKeys = StackKeys.Generate(RandomSource.System);

    public TestNode(Func<StackKeys, StackOptions>? options = null, Plugin? plugin = null, Func<Ed25519PublicKey, CancellationToken, ValueTask<StackPermissions?>>? authorize = null) =>
        Node = new StackNode((options ?? DefaultOptions)(_keys), plugin ?? new HarnessPlugin().Create()) { Authorize = authorize };

    public static AppKey AppKey { get; } = AppKey.FromName("test"u8);

    public StackNode Node { get; }

    public Task<StackError> LastServed { get; private set; } = Task.FromResult(StackError.None);

    public static StackOptions DefaultOptions(StackKeys keys) => new() { AppKey = AppKey, Keys = keys };

    public MultiserverAddress Address => new(Node.PublicKey, new StackEndpoint(StackTransport.Tcp, "memory", 1));

    public ValueTask<StackPeer> ConnectAsync(Func<StackKeys, IStackNetwork, StackOptions>? options = null) =>
        StackClient.ConnectAsync(Address, options?.Invoke(_clientKeys, this) ?? new StackOptions { AppKey = AppKey, Keys = _clientKeys, Network = this });

    public bool CanDial(StackEndpoint endpoint) => true;

    public ValueTask<IDuplexConnection> DialAsync(StackEndpoint endpoint, CancellationToken cancellationToken)
    {
        var (near, far) = DuplexPair.Create();
        LastServed = Node.AcceptAsync(far, cancellationToken: default);
        return ValueTask.FromResult(near);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        _keys.Dispose();
        _clientKeys.Dispose();
    }
}
