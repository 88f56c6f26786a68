using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>A node: plugins, and the connections that others make to it or it makes to others. Made by <see cref="SecretStack"/>.</summary>
/// <remarks>Spec: docs/protocol/stack.md §4.5.</remarks>
public sealed partial class StackNode : IAsyncDisposable
{
    private readonly SecretStack _stack;
    private readonly NodeOptions? _nodeOptions;
    private readonly bool _ownsKeys;
    private readonly Lock _gate = new();
    private readonly HashSet<StackPeer> _peers = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly TaskCompletionSource _dialled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _connections;
    private int _dialling;
    private bool _isStopped;
    private bool _hasDisposedAll;
    private Task? _disposing;

    internal StackNode(SecretStack stack, StackKeys keys, NodeOptions? options, Plugin[] plugins, bool ownsKeys = false)
    {
        _stack = stack;
        _nodeOptions = options;
        _ownsKeys = ownsKeys;
        Keys = keys;
        Codec = new RpcCodec(stack.Options.Json);
        Methods = new MethodTable();
        if (options is null)
            return;
        Methods.Add(CorePlugin.Create());
        foreach (var plugin in plugins)
            Methods.Add(plugin);
        // before any of them begins: what a plugin lacks is named, and not met by it
        Methods.CheckNeeds();
        foreach (var plugin in plugins)
            plugin.Start(this);
    }

    /// <summary>A connection is authenticated, before its first packet (<c>rpc:connect</c>). What a handler throws is dropped; it must not block.</summary>
    public event Action<StackPeer>? Connected;

    /// <summary>A connection has ended, and why.</summary>
    public event Action<StackPeer, StackError>? Disconnected;

    /// <summary>A connection that came in ended in its handshake, and why.</summary>
    public event Action<StackError>? Refused;

    /// <summary>The node was stopped and all its connections are closed (<c>close</c>).</summary>
    public event Action? Closed;

    /// <summary>The node's own key.</summary>
    public Ed25519PublicKey PublicKey => Keys.PublicKey;

    /// <summary>The key as the JavaScript stack writes it: <c>@…=.ed25519</c>.</summary>
    public string Id => AddressText.FormatId(PublicKey);

    /// <summary>Connections at this moment, those in their handshake included.</summary>
    public int ConnectionCount => Volatile.Read(ref _connections);

    /// <summary>The authenticated connections at this moment, in both directions.</summary>
    public IReadOnlyList<StackPeer> Peers
    {
        get
        {
            lock (_gate)
                return [.. _peers];
        }
    }

    /// <summary>True from the moment in which it begins to stop.</summary>
    internal bool IsStopped
    {
        get
        {
            lock (_gate)
                return _isStopped;
        }
    }

    internal StackKeys Keys { get; }

    internal StackOptions Options => _stack.Options;

    internal MethodTable Methods { get; }

    internal RpcCodec Codec { get; }

    internal StackPermissions Anonymous => _nodeOptions?.Anonymous ?? Methods.Anonymous;

    /// <summary>Connects to another node, offering the plugins of this one to it as to everybody.</summary>
    /// <exception cref="StackException">No alternative of the address can be dialled and answers; the error is the last one's.</exception>
    public async ValueTask<StackPeer> ConnectAsync(MultiserverAddress address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (_gate)
        {
            if (_isStopped)
                throw new StackException(StackError.Closed);
            _dialling++;
        }

        try
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, cancellationToken);
            var peer = await StackDialer.ConnectAsync(address, this, linked.Token).ConfigureAwait(false);
            if (Begin(peer))
                return peer;
            await peer.DisposeAsync().ConfigureAwait(false);
            throw new StackException(StackError.Closed);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StackException(StackError.Closed);
        }
        finally
        {
            lock (_gate)
            {
                if (--_dialling == 0 && _isStopped)
                    _ = _dialled.TrySetResult();
            }
        }
    }

    /// <summary>Connects to the address of a text.</summary>
    /// <exception cref="StackException">It is no address, or no alternative of it can be dialled and answers.</exception>
    public ValueTask<StackPeer> ConnectAsync(string address, CancellationToken cancellationToken = default) =>
        MultiserverAddress.TryParse(address, out var parsed) ? ConnectAsync(parsed, cancellationToken) : throw new StackException(StackError.BadAddress);

    /// <summary>Connects the node to itself, in memory and with all permissions: how a plugin uses another one's streams, with the hooks and bounds that everybody has.</summary>
    /// <exception cref="InvalidOperationException">A client has no methods.</exception>
    /// <exception cref="StackException">The node is stopped.</exception>
    public async ValueTask<StackPeer> ConnectSelfAsync(CancellationToken cancellationToken = default)
    {
        if (_nodeOptions is null)
            throw new InvalidOperationException("A client has no methods.");
        lock (_gate)
        {
            if (_isStopped)
                throw new StackException(StackError.Closed);
        }

        var (near, far) = DuplexPair.Create();
        var accepting = ShsHandshake.AcceptAsync(far, Options, Keys, static (_, _) => ValueTask.FromResult<StackPermissions?>(StackPermissions.Everything), cancellationToken);
        ShsSession session;
        try
        {
            session = await ShsHandshake.ConnectAsync(near, Options, Keys, PublicKey, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await near.DisposeAsync().ConfigureAwait(false);
            await ((Task)accepting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (accepting.IsCompletedSuccessfully)
                (await accepting.ConfigureAwait(false)).Session.Dispose();
            throw;
        }

        // whoever has the accept knows that it was sent
        var (accepted, permissions) = await accepting.ConfigureAwait(false);
        _ = Begin(new StackPeer(this, permissions, far, accepted, isClient: false));
        var peer = new StackPeer(this, StackPermissions.Anonymous, near, session, isClient: true);
        if (Begin(peer))
            return peer;
        await peer.DisposeAsync().ConfigureAwait(false);
        throw new StackException(StackError.Closed);
    }

    /// <summary>Connects, and again whenever the connection has ended, with pauses of 1 second to 1 minute, until it is disposed.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="connected">Sees each new connection; it must not block or throw.</param>
    public LastingConnection KeepConnected(MultiserverAddress address, Action<StackPeer>? connected = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new LastingConnection(this, address, connected);
    }

    /// <summary>Calls an async or sync method of this node, as its plugins call each other's: hooks see it, permissions don't matter.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    /// <exception cref="RpcException">The method said so; whatever else it throws comes as it is, and its time limit is for others.</exception>
    public async ValueTask<T> CallAsync<T>(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default)
    {
        var entry = Methods.Find(method);
        if (entry is null || entry.Method.Type is not (RpcMethodType.Async or RpcMethodType.Sync))
            throw new ArgumentException("There is no such method.", nameof(method));
        var value = await entry.Function(new RpcCall(this, peer: null, method, arguments ?? [], stream: null, cancellationToken)).ConfigureAwait(false);
        return Codec.TryRead<T>(value.AsReceived(), out var result) ? result : throw new StackException(StackError.UnexpectedType);
    }

    /// <summary>Wraps a method, for all calls from now on, from wherever they come. The newest hook is the outermost; none can be removed.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public void Hook(string method, RpcHook hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        var entry = Methods.Find(method) ?? throw new ArgumentException("There is no such method.", nameof(method));
        entry.Hook(hook);
    }

    /// <summary>Disposes something with the node, after its connections: what a plugin has to give back.</summary>
    /// <exception cref="ObjectDisposedException">The node is stopped.</exception>
    public void Own(IAsyncDisposable resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_hasDisposedAll, this);
            _owned.Add(resource);
        }
    }

    /// <summary>Wraps <c>auth</c>, which decides within the handshake what a client may do; null refuses it.</summary>
    /// <remarks><paramref name="hook"/> gets the client's key, and the next decision if it has none of its own. If it throws, the answer is no.</remarks>
    public void HookAuth(Func<Ed25519PublicKey, Func<ValueTask<StackPermissions?>>, CancellationToken, ValueTask<StackPermissions?>> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        Hook(CorePlugin.Auth, async (call, next) =>
        {
            var permissions = await hook(CorePlugin.ReadKey(call), async () => StackPermissions.FromJson((await next(call).ConfigureAwait(false)).Json), call.CancellationToken).ConfigureAwait(false);
            return RpcValue.FromJson(permissions is null ? JsonValue.Create(false) : permissions.ToJson(Anonymous));
        });
    }

    /// <summary>Stops listening and closes all connections gracefully, within <see cref="StackOptions.CloseTimeout"/>.</summary>
    public ValueTask DisposeAsync()
    {
        TaskCompletionSource? mine = null;
        lock (_gate)
        {
            if (_disposing is null)
            {
                mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _disposing = mine.Task;
            }
        }

        // whoever comes later waits for the same end
        if (mine is not null)
            _ = StopAsync().ContinueWith(static (stopping, state) => ((TaskCompletionSource)state!).SetFromTask(stopping), mine, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return new ValueTask(_disposing);
    }

    /// <summary>Whatever fails of it, the rest is done; the first failure is told at the end.</summary>
    private async Task StopAsync()
    {
        IAsyncDisposable[] listeners;
        StackPeer[] peers;
        lock (_gate)
        {
            _isStopped = true;
            if (_dialling == 0)
                _ = _dialled.TrySetResult();
            listeners = [.. _listeners.Select(static listening => listening.Listener), .. _tcpListeners];
            peers = [.. _peers];
        }

        // together: a listener may wait for its connections to end
        var stopping = Task.WhenAll(listeners.Select(static listener => listener.DisposeAsync().AsTask()));
        await Task.WhenAll(peers.Select(static peer => peer.CloseAsync().AsTask())).ConfigureAwait(false);
        var failures = new List<Exception>();
        await TryAsync(_stopping.CancelAsync(), failures).ConfigureAwait(false);
        await _dialled.Task.ConfigureAwait(false);
        await TryAsync(stopping, failures).ConfigureAwait(false);
        while (TryTakeOwned(out var resource))
            await TryAsync(Task.Run(() => resource.DisposeAsync().AsTask()), failures).ConfigureAwait(false);
        if (_ownsKeys)
            Keys.Dispose();
        Raise(() => Closed?.Invoke());
        if (failures.Count > 0)
            ExceptionDispatchInfo.Throw(failures[0]);
    }

    private bool TryTakeOwned([NotNullWhen(true)] out IAsyncDisposable? resource)
    {
        lock (_gate)
        {
            resource = _owned.Count > 0 ? _owned[0] : null;
            if (resource is not null)
                _owned.RemoveAt(0);
            // from here on nobody would dispose another
            _hasDisposedAll = resource is null;
            return resource is not null;
        }
    }

    private static async Task TryAsync(Task task, List<Exception> failures)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // told when all is done
        catch (Exception exception)
        {
            failures.Add(exception);
        }
#pragma warning restore CA1031
    }

    /// <summary>What a client with this key may do; null refuses it.</summary>
    internal async ValueTask<StackPermissions?> AuthorizeAsync(Ed25519PublicKey key, CancellationToken cancellationToken)
    {
        // a client has no methods to permit, and takes nobody in
        if (Methods.Find(CorePlugin.Auth) is not { } auth)
            return null;
        if (!auth.IsHooked)
            return PermissionsOf(key);
        // a collection expression would add it as a T of any type, which trimming can't follow
        var arguments = new JsonArray(JsonValue.Create(AddressText.FormatId(key)));
        var call = new RpcCall(this, peer: null, CorePlugin.Auth, arguments, stream: null, cancellationToken) { AuthorizedKey = key };
        var answer = await auth.Function(call).ConfigureAwait(false);
        return answer.Kind == RpcKind.Json ? StackPermissions.FromJson(answer.Json) : null;
    }

    /// <summary>What the options say of a key, before any hook.</summary>
    internal StackPermissions PermissionsOf(Ed25519PublicKey key) => _nodeOptions!.Permissions.GetValueOrDefault(key, StackPermissions.Anonymous);

    /// <summary>Takes a connection into use; false if the node was stopped meanwhile: it is only to be closed then.</summary>
    private bool Begin(StackPeer peer)
    {
        bool isStopped;
        lock (_gate)
        {
            isStopped = _isStopped;
            _ = _peers.Add(peer);
        }

        StackMetrics.Connected(peer.IsClient);
        peer.WhenEnded(End);
        if (!isStopped)
            Raise(() => Connected?.Invoke(peer));
        peer.Start();
        if (isStopped)
            peer.Stop(StackError.Closed);
        return !isStopped;
    }

    private void End(StackPeer peer, StackError error)
    {
        lock (_gate)
            _ = _peers.Remove(peer);
        StackMetrics.Ended(peer.IsClient, error);
        Raise(() => Disconnected?.Invoke(peer, error));
    }

    private static void Raise(Action raise)
    {
        try
        {
            raise();
        }
#pragma warning disable CA1031 // a listener's fault is not the connection's
        catch (Exception)
        {
            return;
        }
#pragma warning restore CA1031
    }
}
