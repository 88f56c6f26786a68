using System.IO.Pipelines;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Secrets.Crypto;
using Secrets.Relay.Boxes;
using Secrets.Relay.Calls;
using Secrets.Relay.Limits;
using Secrets.Relay.Rooms;
using Secrets.Relay.Storage;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay;

/// <summary>A relay without sockets: a stack node with the <c>boxes</c> plugin over a data folder. Connections are handed to it.</summary>
public sealed class RelayCore : IAsyncDisposable
{
    // one large cell, with room for the small ones beside it
    private const int MaxItemSize = 128 << 10;
    private const int ReceiveQueueSize = 256 << 10;
    private const int SendQueueSize = 128 << 10;
    private const int MaxOpenRequests = 32;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly DataFolder _folder;
    private readonly Ed25519PrivateKey _key;
    private readonly StackKeys _stackKeys;
    private readonly SqliteBoxStore _store;
    private readonly BellBoard _bell;
    private readonly RateGate _rate;
    private readonly BoxService _service;
    private readonly RelayCounters _counters = new();
    private readonly ConnectionGate _gate;
    private readonly BoxesPlugin _plugin;
    private readonly CallsPlugin _calls;
    private readonly RoomService _rooms;
    private readonly RoomPlugin _roomPlugin;

    private RelayCore(RelayOptions options, DataFolder folder, Ed25519PrivateKey key, SqliteBoxStore store, PassList passes, CallsPlugin calls)
    {
        _folder = folder;
        _key = key;
        _store = store;
        _stackKeys = KeysOf(key);
        _gate = new ConnectionGate(options.Limits);
        _rate = new RateGate(options.Limits, options.Clock);
        _bell = new BellBoard(key, folder.ReserveNumbers(options.Clock.GetUtcNow()), _counters, options);
        _service = new BoxService(store, _bell, passes, _rate, _counters, options);
        Manifest = folder.LoadManifest(key, _stackKeys.PublicKey, passes.IsClosed, options);
        _plugin = new BoxesPlugin(_service, _bell, Manifest, passes, options.Limits);
        _calls = calls;
        _rooms = new RoomService(options);
        _roomPlugin = new RoomPlugin(_rooms, options);
        var stack = SecretStack.Create(made => Configure(made, options)).Use(_plugin.ToPlugin()).Use(_calls.ToPlugin());
        Node = (options.Rooms.Enabled ? stack.Use(_roomPlugin.ToPlugin()) : stack).CreateNode(_stackKeys);
    }

    /// <summary>The relay's id: the key it was born with.</summary>
    public RelayId Id => Manifest.Relay;

    /// <summary>The key that clients expect in the handshake.</summary>
    public Ed25519PublicKey PublicKey => Manifest.HandshakeKey;

    /// <summary>What the relay says of itself.</summary>
    public RelayManifest Manifest { get; }

    /// <summary>Connections at this moment.</summary>
    public int ConnectionCount => _gate.Count;

    /// <summary>Rooms at this moment.</summary>
    public int RoomCount => _rooms.Count;

    /// <summary>Waiting reads at this moment.</summary>
    public int WaitingReadCount => _service.Waiting.Count;

    /// <summary>Bytes of boxes that are held for answers at this moment.</summary>
    internal int HeldByteCount => _service.HeldBytes.Taken;

    /// <summary>False when all new writes are refused for lack of room.</summary>
    public bool HasRoom => _store.Full is not FullLevel.All;

    /// <summary>The node, for listeners of its kind; count its connections in with <see cref="TryEnter"/>.</summary>
    internal StackNode Node { get; }

    /// <summary>The store, for tests.</summary>
    internal SqliteBoxStore Store => _store;

    /// <summary>Opens the data folder and starts.</summary>
    /// <exception cref="RelayException">The folder can't be used.</exception>
    public static RelayCore Start(RelayOptions options, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        logger ??= NullLogger.Instance;
        var passes = new PassList(options.Writers);
        var folder = DataFolder.Open(options.DataFolder);
        try
        {
            var storeOptions = new BoxStoreOptions { Folder = folder.Path, KeepDays = options.KeepDays, QuotaBytes = options.QuotaBytes, ReserveBytes = options.ReserveBytes };
            var key = folder.LoadKey(options.Random);
            var calls = new CallsPlugin(options);
            return new RelayCore(options, folder, key, SqliteBoxStore.Open(storeOptions, options.Clock, logger), passes, calls);
        }
        catch (RelayException)
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Serves TCP until the connections are closed; answers where, with the real port.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken, or not ours to use.</exception>
    public IPEndPoint ListenTcp(IPEndPoint endpoint) =>
        Node.ListenTcp(endpoint, connection => ServeAsync(connection, RemoteNetwork.Of(connection.RemoteAddress), CancellationToken.None)).LocalEndpoint;

    /// <summary>Serves one connection until it ends; <paramref name="remote"/> is counted under its network, in memory only.</summary>
    public async Task<StackError> AcceptAsync(IDuplexPipe connection, IPAddress? remote = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return await ServeAsync(connection, NetworkOf(remote), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The counters as Prometheus reads them.</summary>
    public string FormatMetrics() => _counters.Format(ConnectionCount, WaitingReadCount, _store.UsedBytes, (int)_store.Full);

    /// <summary>Answers what is being worked on, says goodbye on all connections and closes them.</summary>
    public async ValueTask CloseConnectionsAsync()
    {
        await _plugin.StopAsync().ConfigureAwait(false);
        await _roomPlugin.StopAsync().ConfigureAwait(false);
        await Node.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes all connections, makes durable what was taken, and gives the folder back.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseConnectionsAsync().ConfigureAwait(false);
        await _rooms.DisposeAsync().ConfigureAwait(false);
        await _bell.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
        _plugin.Dispose();
        _calls.Dispose();
        _roomPlugin.Dispose();
        _rate.Dispose();
        _stackKeys.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    /// <summary>Counts a connection in; false if it is one too many.</summary>
    internal bool TryEnter(IPAddress? remote) => TryCountIn(NetworkOf(remote));

    /// <summary>Counts it out.</summary>
    internal void Leave(IPAddress? remote) => _gate.Leave(NetworkOf(remote));

    private bool TryCountIn(NetworkPrefix? network)
    {
        if (!_gate.TryEnter(network))
        {
            _counters.ConnectionRefused();
            return false;
        }
        _counters.Connected();
        return true;
    }

    private async Task<StackError> ServeAsync(IDuplexPipe connection, NetworkPrefix? network, CancellationToken cancellationToken)
    {
        if (!TryCountIn(network))
        {
            await connection.Output.CompleteAsync().ConfigureAwait(false);
            await connection.Input.CompleteAsync().ConfigureAwait(false);
            if (connection is IAsyncDisposable disposable)
                await disposable.DisposeAsync().ConfigureAwait(false);
            return StackError.None;
        }
        try
        {
            return await Node.AcceptAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Leave(network);
        }
    }

    private static NetworkPrefix? NetworkOf(IPAddress? remote) => NetworkPrefix.TryGet(remote, out var prefix) ? prefix : null;

    private static StackKeys KeysOf(Ed25519PrivateKey key)
    {
        using var seed = new SecretBuffer(Ed25519PrivateKey.SeedSize);
        key.ExportForVault(seed.Bytes);
        return StackKeys.FromSeed(seed.Bytes);
    }

    private static void Configure(StackOptions stack, RelayOptions options)
    {
        _ = AppKey.TryRead(BoxesNetwork.AppKey.Bytes, out var appKey);
        stack.AppKey = appKey;
        stack.TimeProvider = options.Clock;
        stack.RandomSource = options.Random;
        stack.HandshakeTimeout = options.Limits.HandshakeTimeout;
        stack.IdleTimeout = options.Limits.IdleTimeout;
        stack.CloseTimeout = CloseTimeout;
        stack.MaxItemSize = MaxItemSize;
        stack.ReceiveQueueSize = ReceiveQueueSize;
        stack.SendQueueSize = SendQueueSize;
        stack.MaxOpenRequests = MaxOpenRequests;
        stack.MaxConnections = options.Limits.MaxConnections;
    }
}
