using System.Text.Json.Nodes;
using Secrets.Client.Api;
using Secrets.Client.Rooms;
using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Store;

namespace Secrets.Client.Tests.Support;

/// <summary>An open identity whose relay is never reached, offered by a node, and programs that connect to it.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    private const string Relay = "ws://127.0.0.1:9~shs:K2VFW4WZwFmt5QdangMYO3Pvz1Ms/PmiIj8rB4UokQI=";

    private readonly MemoryNetwork _memory = new();
    private readonly StackKeys _keys = StackKeys.Generate(RandomSource.System);
    private readonly List<StackNode> _programs = [];
    private StackNode? _node;
    private bool _isClosed;

    private ApiWorld(SecretsClient client) => Client = client;

    public SecretsClient Client { get; }

    public RoomClient Rooms { get; } = new(new RoomClientOptions { Network = new NoNetwork() });

    public static async Task<ApiWorld> StartAsync(params (StackKeys Keys, StackPermissions Permissions)[] others)
    {
        var store = new StoreOptions { PasswordCost = Argon2idParameters.ForTestsOnly(8, 1), AcceptAnyCostForTestsOnly = true };
        var world = new ApiWorld(await SecretsClient.CreateAsync(
            new MemoryBackend(), "Alice", "correct"u8.ToArray(), new ClientOptions { Network = new NoNetwork(), Store = store }, TestContext.Current.CancellationToken));
        await world.Client.AddRelayAsync(Relay, TestContext.Current.CancellationToken);
        world._node = await world.Stack().Use(world._memory).Use(new ApiPlugin(world.Client, world.Rooms).Build()).StartAsync(world._keys, options =>
        {
            _ = options.Listen("net:daemon:1~shs");
            foreach (var (keys, permissions) in others)
                _ = options.Permit(keys.PublicKey, permissions);
        });
        return world;
    }

    /// <summary>A world with one program that may call everything.</summary>
    public static async Task<(ApiWorld World, StackPeer Daemon)> StartWithMasterAsync()
    {
        var keys = StackKeys.Generate(RandomSource.System);
        var world = await StartAsync((keys, StackPermissions.Everything));
        return (world, await world.ConnectAsync(keys));
    }

    /// <summary>Connects as another program does; without keys as one that nobody knows.</summary>
    public ValueTask<StackPeer> ConnectAsync(StackKeys? keys = null)
    {
        var program = keys is null ? Stack().CreateClient() : Stack().CreateClient(keys);
        _programs.Add(program);
        return program.ConnectAsync(_node!.Address!, TestContext.Current.CancellationToken);
    }

    /// <summary>The refusal of a call.</summary>
    public static async Task<RpcException> RefusedAsync(StackPeer daemon, string method, params JsonArray arguments) =>
        await Assert.ThrowsAsync<RpcException>(async () => await daemon.CallAsync(method, arguments, TestContext.Current.CancellationToken));

    public static async Task<JsonNode?> CallAsync(StackPeer daemon, string method, JsonObject? argument = null) =>
        (await daemon.CallAsync(method, argument is null ? [] : [argument], TestContext.Current.CancellationToken)).Json;

    public async ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
            await program.DisposeAsync();
        await CloseIdentityAsync();
        await _node!.DisposeAsync();
        _keys.Dispose();
    }

    /// <summary>Closes the identity, as a daemon does before it ends.</summary>
    public async Task CloseIdentityAsync()
    {
        if (!_isClosed)
        {
            await Rooms.DisposeAsync();
            await Client.DisposeAsync();
        }
        _isClosed = true;
    }

    private SecretStack Stack() => SecretStack.Create(options =>
    {
        options.AppKey = ApiNetwork.AppKey;
        options.Network = _memory;
        options.MaxItemSize = ApiNetwork.MaxItemSize;
    });
}
