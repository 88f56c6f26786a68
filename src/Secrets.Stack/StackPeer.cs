using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>One authenticated connection, seen from either side. Method paths have dots: <c>boxes.cells</c>.</summary>
/// <remarks>Both sides may call the other's methods. Spec: docs/protocol/stack.md §4.4.</remarks>
public sealed partial class StackPeer : IAsyncDisposable
{
    /// <summary>How long the last words may take once the connection is to end.</summary>
    private static readonly TimeSpan GraceTime = TimeSpan.FromSeconds(2);

    private readonly StackOptions _options;
    private readonly StackPermissions _permissions;
    private readonly IDuplexPipe _connection;
    private readonly ShsSession _session;
    private readonly BoxReader _boxes;
    private readonly PacketReader _packets;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, TaskCompletionSource<RpcValue>> _calls = [];
    private readonly Dictionary<int, RpcDuplex> _opened = [];
    private readonly Dictionary<int, RpcDuplex?> _accepted = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _cut;
    private readonly ReceiveBudget _answers;
    private readonly HashSet<RpcDuplex> _unread = [];
    private readonly TaskCompletionSource<StackError> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private Task _asking = Task.CompletedTask;
    private Action<StackPeer, StackError>? _whenEnded;
    private ITimer? _idleTimer;
    private ITimer? _aliveTimer;
    private StackError _error;
    private long _lastActivity;
    private long _lastReceived;
    private int _lastId;
    private int _served;
    private long _requested;
    private int _hasEnded;
    private bool _isClosing;
    private bool _hasServedAtOnce;

    internal StackPeer(StackNode node, StackPermissions permissions, IDuplexPipe connection, ShsSession session, bool isClient)
    {
        Node = node;
        _options = node.Options;
        _permissions = permissions.Over(node.Anonymous);
        _connection = connection;
        _session = session;
        IsClient = isClient;
        RemoteAddress = (connection as IDuplexConnection)?.RemoteAddress ?? "";
        Budget = new ReceiveBudget(_options.ReceiveQueueSize);
        _answers = new ReceiveBudget(_options.ReceiveQueueSize);
        Queue = new SendQueue(session.Sealer, _options.SendQueueSize, _options.MaxItemSize);
        _boxes = new BoxReader(session.Opener);
        _packets = new PacketReader(_options.MaxItemSize);
        _cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _options.TimeProvider);
    }

    /// <summary>The other side's long-term key.</summary>
    public Ed25519PublicKey RemoteKey => _session.RemoteKey;

    /// <summary>Where the other side is, for the host's own eyes; empty if unknown.</summary>
    public string RemoteAddress { get; }

    /// <summary>Binds what is proven on this connection to it: both sides have this value, and no other connection has it.</summary>
    public Hash256 Binding => _session.Binding;

    /// <summary>True on the side that dialled.</summary>
    public bool IsClient { get; }

    /// <summary>Ends when the connection has ended, with the reason; never faults.</summary>
    public Task<StackError> Completion => _completion.Task;

    /// <summary>The node whose connection it is.</summary>
    public StackNode Node { get; }

    /// <summary>The other side's key as the JavaScript stack writes it: <c>@…=.ed25519</c>.</summary>
    public string RemoteId => AddressText.FormatId(RemoteKey);

    /// <summary>The last question for a sign of life; ends with its answer.</summary>
    internal Task Asking => Volatile.Read(ref _asking);

    /// <summary>Calls and streams that are open, in both directions.</summary>
    internal int OpenRequests
    {
        get
        {
            lock (_gate)
                return _calls.Count + _opened.Count + _accepted.Count + _served;
        }
    }

    internal ReceiveBudget Budget { get; }

    internal SendQueue Queue { get; }

    internal int MaxItemSize => _options.MaxItemSize;

    /// <summary>Calls an async or sync method.</summary>
    /// <exception cref="RpcException">The other side answered with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or the answer is not what it says it is.</exception>
    public async ValueTask<RpcValue> CallAsync(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default)
    {
        if (_options.CallTimeout == Timeout.InfiniteTimeSpan)
            return await CallCoreAsync(method, arguments, cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(_options.CallTimeout, _options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await CallCoreAsync(method, arguments, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StackException(StackError.CallTimeout);
        }
    }

    /// <summary>Calls an async or sync method and reads its answer as a type that the stack's options know.</summary>
    /// <exception cref="RpcException">The other side answered with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or the answer is of another type.</exception>
    public async ValueTask<T> CallAsync<T>(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default)
    {
        var value = await CallAsync(method, arguments, cancellationToken).ConfigureAwait(false);
        return Node.Codec.TryRead<T>(value, out var result) ? result : throw new StackException(StackError.UnexpectedType);
    }

    /// <summary>The items of a source; leaving the loop cancels it.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or an item is of another type.</exception>
    public async IAsyncEnumerable<T> SourceAsync<T>(string method, JsonArray? arguments = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var source = await OpenSourceAsync(method, arguments, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            await foreach (var item in source.ReadAllAsync<T>(cancellationToken).ConfigureAwait(false))
                yield return item;
        }
    }

    /// <summary>Sends items to a sink; ends when the other side has taken all of them.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or the other side had enough.</exception>
    public async ValueTask SinkAsync<T>(string method, JsonArray? arguments, IAsyncEnumerable<T> items, CancellationToken cancellationToken = default)
    {
        var sink = await OpenSinkAsync(method, arguments, cancellationToken).ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var isSent = false;
        var sending = SendToEndAsync();
        var taken = sink.ReadAsync(cancellationToken).AsTask();
        try
        {
            // items that take their time must not hide that the other side had enough
            if (await Task.WhenAny(sending, taken).ConfigureAwait(false) == taken && !sending.IsCompleted && !Volatile.Read(ref isSent))
            {
                _ = await taken.ConfigureAwait(false);
                throw new StackException(StackError.Closed);
            }

            await sending.ConfigureAwait(false);
            _ = await taken.ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await sink.AbortAsync(RpcError.NotAll).ConfigureAwait(false);
            await WaitAsync(Task.WhenAll(sending, taken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // all, and then an end in peace; whatever else ends it is the caller's news
        async Task SendToEndAsync()
        {
            await sink.SendAllAsync(items, ending.Token).ConfigureAwait(false);
            Volatile.Write(ref isSent, true);
            await sink.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends items to a duplex and gives those that come back; leaving the loop cancels both directions.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone, or an item is of another type.</exception>
    public async IAsyncEnumerable<TOut> DuplexAsync<TIn, TOut>(string method, JsonArray? arguments, IAsyncEnumerable<TIn> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var duplex = await OpenDuplexAsync(method, arguments, cancellationToken).ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAndCompleteAsync(duplex, items, ending.Token);
        var isWhole = false;
        try
        {
            await foreach (var item in duplex.ReadAllAsync<TOut>(cancellationToken).ConfigureAwait(false))
                yield return item;
            isWhole = true;
        }
        finally
        {
            // first: the other side must not take it for the end of the items that they end here
            await duplex.AbortAsync(isWhole && sending.IsCompleted ? null : RpcError.NotAll).ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
            await WaitAsync(sending).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a stream of items from the other side; disposing it early cancels it.</summary>
    /// <exception cref="StackException">The connection is gone.</exception>
    public ValueTask<RpcDuplex> OpenSourceAsync(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default) =>
        OpenAsync(RpcMethodType.Source, method, arguments, cancellationToken);

    /// <summary>Opens a stream of items to the other side; after <see cref="RpcDuplex.CompleteAsync"/>, reading answers null when it took the last one.</summary>
    /// <exception cref="StackException">The connection is gone.</exception>
    public ValueTask<RpcDuplex> OpenSinkAsync(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default) =>
        OpenAsync(RpcMethodType.Sink, method, arguments, cancellationToken);

    /// <summary>Opens a stream of items both ways.</summary>
    /// <exception cref="StackException">The connection is gone.</exception>
    public ValueTask<RpcDuplex> OpenDuplexAsync(string method, JsonArray? arguments = null, CancellationToken cancellationToken = default) =>
        OpenAsync(RpcMethodType.Duplex, method, arguments, cancellationToken);

    /// <summary>Lets open calls end, says goodbye and closes; not longer than about twice <see cref="StackOptions.CloseTimeout"/>.</summary>
    public async ValueTask CloseAsync()
    {
        lock (_gate)
            _isClosing = true;
        SignalIfQuiet();
        await WaitAsync(_quiet.Task).ConfigureAwait(false);
        Queue.AddGoodbye();
        await WaitAsync(Completion).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Fails all open calls, says goodbye and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop(StackError.Closed);
        try
        {
            await _running.WaitAsync(GraceTime + _options.CloseTimeout, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // a method that answers at once and doesn't holds the loop: the connection goes, and the method with its own end
            await _connection.CloseAsync().ConfigureAwait(false);
            SayEnded();
        }
    }

    /// <summary>Calls back once, when the connection has ended. Set before <see cref="Start"/>.</summary>
    internal void WhenEnded(Action<StackPeer, StackError> action) => _whenEnded = action;

    /// <summary>Starts to send and receive.</summary>
    internal void Start()
    {
        // a handshake's messages answer each other; what follows may come in pieces, each behind the acknowledgement of the one before
        if (_connection is ITunableConnection acknowledging)
            acknowledging.AcknowledgesAtOnce = true;
        Touch();
        TouchReceived();
        if (_options.IdleTimeout > TimeSpan.Zero)
        {
            var period = _options.IdleTimeout / 4;
            _idleTimer = _options.TimeProvider.CreateTimer(static state => ((StackPeer)state!).StopIfIdle(), this, period, period);
        }

        if (_options.KeepAlive > TimeSpan.Zero)
        {
            var period = _options.KeepAlive / 4;
            _aliveTimer = _options.TimeProvider.CreateTimer(static state => ((StackPeer)state!).AskIfSilent(), this, period, period);
        }

        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends the connection: the first reason counts. Open calls fail at once; the last words follow.</summary>
    internal void Stop(StackError error)
    {
        TaskCompletionSource<RpcValue>[] calls;
        RpcDuplex[] streams;
        lock (_gate)
        {
            if (_error != StackError.None)
                return;
            _error = error;
            _isClosing = true;
            calls = [.. _calls.Values];
            streams = [.. _opened.Values, .. _accepted.Values.OfType<RpcDuplex>()];
            _calls.Clear();
            _opened.Clear();
            _accepted.Clear();
        }

        foreach (var call in calls)
            _ = call.TrySetException(new StackException(error));
        foreach (var stream in streams)
            stream.Fail(error);
        _ = _quiet.TrySetResult();
        var saysGoodbye = error is not (StackError.BadBoxHeader or StackError.BadBoxBody or StackError.TextFrame or StackError.PeerNotReading);
        Queue.Close(saysGoodbye);
        if (saysGoodbye)
            _cut.CancelAfter(GraceTime);
        else
            _cut.CancelAfter(TimeSpan.Zero);
        _ = _ended.CancelAsync().ContinueWith(static (_, state) => ((TaskCompletionSource)state!).TrySetResult(), _stopped, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Forgets a stream of which both ends are in.</summary>
    internal void Remove(RpcDuplex stream)
    {
        // what has come of it is still read, and counted
        var isUnread = stream.Queued > 0;
        lock (_gate)
        {
            _ = stream.Id > 0 ? _opened.Remove(stream.Id) : _accepted.Remove(-stream.Id);
            if (isUnread)
                _ = _unread.Add(stream);
        }

        SignalIfQuiet();
    }

    /// <summary>Nothing waits any more in a stream that has ended.</summary>
    internal void Forget(RpcDuplex stream)
    {
        lock (_gate)
            _ = _unread.Remove(stream);
    }

    /// <summary>Sends the end of a stream.</summary>
    internal void SendEnd(int id, RpcException? error)
    {
        if (error is null)
            SendControl(RpcKind.Json, isStream: true, id, "true"u8);
        else
            SendError(isStream: true, id, error);
    }

    /// <summary>Sends; a fault of the items' source goes to the other side as an end, and reading meets what the other side did.</summary>
    private static async Task SendAndCompleteAsync<T>(RpcDuplex stream, IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        try
        {
            await stream.SendAllAsync(items, cancellationToken).ConfigureAwait(false);
            await stream.CompleteAsync().ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            await stream.AbortAsync(exception).ConfigureAwait(false);
        }
        catch (StackException)
        {
            // reading tells the same
            return;
        }
        catch (OperationCanceledException)
        {
            await stream.AbortAsync(RpcError.NotAll).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // what else the items' source throws ends the stream, in two words for the other side
        catch (Exception)
        {
            await stream.AbortAsync(RpcError.Internal).ConfigureAwait(false);
        }
#pragma warning restore CA1031
    }

    private async ValueTask<RpcValue> CallCoreAsync(string method, JsonArray? arguments, CancellationToken cancellationToken)
    {
        // who waits for it goes on where it was received only in programs that said that they never block
        var answer = new TaskCompletionSource<RpcValue>(SecretStack.PrefersLatency ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        var id = Register((peer, number) => peer._calls.Add(number, answer));
        try
        {
            await SendRequestAsync(id, stream: null, method, arguments, type: null, cancellationToken).ConfigureAwait(false);
            StackMetrics.MadeCall();
            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            SendCancel(id);
            throw;
        }
        finally
        {
            // an answer that comes later is for nobody, and dropped
            lock (_gate)
                _ = _calls.Remove(id);
            SignalIfQuiet();
        }
    }

    private async Task WaitAsync(Task task)
    {
        try
        {
            await task.WaitAsync(_options.CloseTimeout, _options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // closing goes on without it
        }
    }

    private void SignalIfQuiet()
    {
        lock (_gate)
        {
            var isQuiet = _calls.Count == 0 && _opened.Count == 0 && _served == 0 && _accepted.Values.All(static stream => stream is null);
            if (_isClosing && isQuiet)
                _ = _quiet.TrySetResult();
        }
    }

    private int Register(Action<StackPeer, int> register)
    {
        lock (_gate)
        {
            if (_isClosing)
                throw new StackException(_error == StackError.None ? StackError.Closed : _error);
            if (_lastId == int.MaxValue)
                throw new StackException(StackError.RequestsExhausted);
            _lastId++;
            register(this, _lastId);
            return _lastId;
        }
    }

    private async ValueTask<RpcDuplex> OpenAsync(RpcMethodType type, string method, JsonArray? arguments, CancellationToken cancellationToken)
    {
        RpcDuplex? stream = null;
        var id = Register((peer, number) =>
        {
            stream = new RpcDuplex(peer, number, type, isOpener: true);
            peer._opened.Add(number, stream);
        });
        try
        {
            await SendRequestAsync(id, stream, method, arguments, MethodTable.Name(type), cancellationToken).ConfigureAwait(false);
            StackMetrics.OpenedStream();
            return stream!;
        }
        catch
        {
            // it was never opened, so there is no end to wait for
            Remove(stream!);
            throw;
        }
    }

    private async ValueTask SendRequestAsync(int id, RpcDuplex? stream, string method, JsonArray? arguments, string? type, CancellationToken cancellationToken)
    {
        if (!MethodPath.IsPath(method))
            throw new ArgumentException("A path has names with dots between them.", nameof(method));
        using var writer = new PooledWriter();
        var saysExtension = SaysExtension;
        _ = PacketBody.Write(writer, RpcValue.FromJson(RpcRequest.Write(method, arguments, type, saysExtension, stream is null || _options.WithoutExtensionForTestsOnly ? -1 : stream.Granted)));
        // before it goes out: the answer may be here before sending has ended. One that doesn't go out is followed by none
        _saidExtension |= saysExtension;
        await SendAsync(RpcKind.Json, isStream: stream is not null, isEnd: false, id, writer, IsOnlyCall(stream), cancellationToken).ConfigureAwait(false);
    }

    private bool IsCalling
    {
        get
        {
            lock (_gate)
                return _calls.Count > 0;
        }
    }

    /// <summary>With many under way they gather, and are sent together.</summary>
    private bool IsOnlyCall(RpcDuplex? stream)
    {
        lock (_gate)
            return stream is null && _calls.Count == 1;
    }

    private async ValueTask SendAsync(RpcKind kind, bool isStream, bool isEnd, int id, PooledWriter body, bool isAlone, CancellationToken cancellationToken)
    {
        while (!Queue.TryAdd(kind, isStream, isEnd, id, body.Written, out var error, isAlone))
        {
            if (error != StackError.None)
                throw new StackException(_error == StackError.None ? error : _error);
            await Queue.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void SendError(bool isStream, int id, RpcException error)
    {
        using var writer = new PooledWriter();
        RpcError.Write(writer, error);
        SendControl(RpcKind.Json, isStream, id, writer.Written);
    }

    private void SendControl(RpcKind kind, bool isStream, int id, ReadOnlySpan<byte> body)
    {
        if (Queue.AddControl(kind, isStream, isEnd: true, id, body) == StackError.PeerNotReading)
            Stop(StackError.PeerNotReading);
    }

    private void Touch() => Volatile.Write(ref _lastActivity, _options.TimeProvider.GetTimestamp());

    private void TouchReceived() => Volatile.Write(ref _lastReceived, _options.TimeProvider.GetTimestamp());

    /// <summary>Any answer is a sign of life, also that <c>manifest</c> is not allowed; every peer gives one.</summary>
    private void AskIfSilent()
    {
        // while it is we who don't read, silence says nothing
        if (Budget.IsFull)
            TouchReceived();
        var silence = _options.TimeProvider.GetElapsedTime(Volatile.Read(ref _lastReceived));
        if (silence >= 2 * _options.KeepAlive)
            Stop(StackError.Unresponsive);
        else if (silence >= _options.KeepAlive && _asking.IsCompleted)
            _asking = AskAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            _ = await CallAsync("manifest", cancellationToken: _ended.Token).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            return;
        }
        catch (StackException)
        {
            return;
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private void StopIfIdle()
    {
        if (_options.TimeProvider.GetElapsedTime(Volatile.Read(ref _lastActivity)) >= _options.IdleTimeout)
            Stop(StackError.Idle);
    }
}
