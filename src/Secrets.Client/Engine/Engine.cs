using Secrets.Client.Events;
using Secrets.Client.Network;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <summary>All sessions, sync, storage and retry of one identity. Everything in it runs on one loop.</summary>
/// <remarks>
/// The rule behind every step: first one store transaction with all that changes, then the network. A step whose transaction
/// fails is undone by loading its chat again, so that memory is never ahead of the disk.
/// </remarks>
internal sealed partial class Engine : IRelayObserver, IAsyncDisposable
{
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly ClientOptions _options;
    private readonly EventHub<ClientEvent> _events = new();
    private readonly Dictionary<ChatId, Chat> _chats = [];
    private readonly Dictionary<RelayId, RelayState> _relays = [];
    private readonly List<TaskCompletionSource> _awaitingQuiet = [];
    private readonly ITimer _timer;
    private readonly Loop _loop;
    private Ed25519PrivateKey? _deviceKey;
    private uint _generation;
    private bool _stopping;
    private DateTimeOffset _pausedUntil;
    private int _fetched;

    public Engine(IdentityStore store, ClientOptions options)
    {
        Store = store;
        _options = options;
        _loop = new Loop(OnFailure);
        _timer = options.Time.CreateTimer(_ => _loop.Post(TickAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IdentityStore Store { get; }

    public EventHub<ClientEvent> Events => _events;

    /// <summary>The failure that stopped a step in the background; the host shows it. Null while all is well.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>How much waits in memory of what relays sent: work on the loop, and prefixes of bells.</summary>
    internal (int Work, int Prefixes) Backlog => (_loop.Count, _relays.Values.Sum(r => r.RememberedPrefixes));

    private DateTimeOffset Now => _options.Time.GetUtcNow();

    private RandomSource Random => _options.Random;

    /// <summary>Runs a command on the loop.</summary>
    public ValueTask<T> RunAsync<T>(Func<ValueTask<T>> command, CancellationToken cancellationToken) => _loop.RunAsync(command, cancellationToken);

    /// <summary>Loads everything and starts to connect.</summary>
    public ValueTask<bool> StartAsync(bool connect, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            if (!Store.IsReadOnly)
                (_deviceKey, _generation) = await DeviceSlot.OpenAsync(Store, Random, cancellationToken).ConfigureAwait(false);
            LoadChats();
            _isConnecting = connect && !Store.IsReadOnly;
            FollowRelays();
            // what came due while nothing ran
            await CareForChatsAsync().ConfigureAwait(false);
            Pump();
            return true;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await EndLastCallAsync().ConfigureAwait(false);
        var relays = await RunAsync(
            () =>
            {
                _stopping = true;
                return ValueTask.FromResult(_relays.Values.Select(r => r.Connection).OfType<RelayConnection>().ToArray());
            },
            CancellationToken.None).ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        foreach (var relay in relays)
            await relay.DisposeAsync().ConfigureAwait(false);
        await _loop.DisposeAsync().ConfigureAwait(false);
        _events.Complete();
        foreach (var chat in _chats.Values)
            chat.Dispose();
        foreach (var keys in _meetingKeys.Values)
        {
            foreach (var key in keys)
                key.Dispose();
        }
        await Store.DisposeAsync().ConfigureAwait(false);
        _deviceKey?.Dispose();
    }

    /// <summary>Commits; if the disk refuses, the chat is loaded again as it was and the refusal goes on to the caller.</summary>
    private async ValueTask CommitAsync(StoreTransaction transaction, Chat? chat)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            if (chat is not null)
                NoteChange(chat);
        }
        catch
        {
            // a full disk: without a pause the same would be asked, answered and refused again and again
            _pausedUntil = Now + StorePause;
            if (chat is not null)
                Reload(chat);
            throw;
        }
    }

    /// <summary>Takes a step in a chat; if anything goes wrong in it, the chat is put back to what the store has, and the failure goes on.</summary>
    private async ValueTask GuardAsync(Chat chat, Func<ValueTask> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not ClientException)
        {
            Reload(chat);
            throw;
        }
    }

    private async ValueTask TickAsync()
    {
        foreach (var relay in _relays.Values)
        {
            foreach (var (address, due) in relay.Later.ToArray())
            {
                // a pause is short; one that is longer is from before the clock was set back
                if (due > Now && due - Now <= LongestPause)
                    continue;
                _ = relay.Later.Remove(address);
                _ = relay.Wanted.Add(address);
            }
        }
        try
        {
            await CareForChatsAsync().ConfigureAwait(false);
            await CareForCallAsync().ConfigureAwait(false);
        }
        finally
        {
            Pump();
        }
    }

    private bool IsPaused => _pausedUntil > Now && _pausedUntil - Now <= StorePause;

    private void OnFailure(Exception failure)
    {
        LastFailure = failure;
        // the step that failed has not set the timer for what comes next
        if (!_stopping)
            _ = _timer.Change(RefusalPause, Timeout.InfiniteTimeSpan);
        foreach (var waiting in _awaitingQuiet)
            _ = waiting.TrySetException(failure);
        _awaitingQuiet.Clear();
    }

    /// <summary>Starts every request that is due, sets the timer for the next, and tells who waits for quiet.</summary>
    private void Pump()
    {
        if (_stopping)
            return;
        foreach (var relay in _relays.Values.Where(r => r.IsUp && !IsPaused))
        {
            StartReads(relay);
            StartWaitingReads(relay);
            StartComparisons(relay);
            StartWrites(relay);
        }
        SetTimer();
        if (_awaitingQuiet.Count == 0 || !IsQuiet())
            return;
        foreach (var waiting in _awaitingQuiet)
            _ = waiting.TrySetResult();
        _awaitingQuiet.Clear();
    }

    private void SetTimer()
    {
        DateTimeOffset? next = null;
        // what is due already waits for a relay, which will come by itself
        void Consider(DateTimeOffset due) => next = due > Now && (next is null || due < next) ? due : next;
        if (IsPaused)
            Consider(_pausedUntil);
        foreach (var relay in _relays.Values)
        {
            // these wait for the clock alone: one that is due this very moment must not be forgotten
            foreach (var due in relay.Later.Values)
                next = next is null || due < next ? due : next;
            if (relay.WritesFrom > Now)
                Consider(relay.WritesFrom);
            if (Attended is not null)
                Consider(relay.WaitsFrom);
            if (!relay.IsUp)
                continue;
            foreach (var comparison in relay.Comparisons.Values.Where(c => !c.AwaitsBell))
                Consider(comparison.Due);
        }
        foreach (var chat in _chats.Values)
            ConsiderDue(chat, Consider);
        if (_call is { } call)
            Consider(call.Call.NextTick);
        // once a day whatever happens: leases, and boxes that must be put again before their time is over
        var wait = next is null || next.Value - Now > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : next.Value - Now;
        if (wait < TimeSpan.FromMilliseconds(10))
            wait = TimeSpan.FromMilliseconds(10);
        _ = _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Delivers and fetches until nothing is left to do with the relays that can be reached.</summary>
    public async ValueTask<SyncView> SyncAsync(CancellationToken cancellationToken)
    {
        var quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = 0;
        _ = await RunAsync(
            () =>
            {
                before = _fetched;
                _awaitingQuiet.Add(quiet);
                Pump();
                return ValueTask.FromResult(true);
            },
            cancellationToken).ConfigureAwait(false);
        await quiet.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await RunAsync(
            () => ValueTask.FromResult(new SyncView
            {
                Fetched = _fetched - before,
                Waiting = CountWaiting(),
                RelaysReached = _relays.Values.Count(r => r.IsUp),
                RelaysMissed = _relays.Values.Count(r => !r.IsUp),
            }),
            cancellationToken).ConfigureAwait(false);
    }

    // a relay that refused or lied is asked again later; nobody waits for that
    private bool IsQuiet() =>
        _relays.Values.All(r => r.WasTried && (!r.IsUp || (r.Wanted.Count == 0 && r.Underway.Count == 0 && r.Later.Values.All(due => due > Now + _options.FetchSpread)))) && !HasDueWrites();

    private int CountWaiting() =>
        _chats.Values.Sum(c => c.Lines.Count(l => l is { Own: true, Kind: MessageKind.Text, State: DeliveryState.Waiting }));

    private void Raise(ClientEventKind kind, Chat? chat = null, Line? line = null, RelayState? relay = null)
    {
        // who was told that a chat is gone must not hear of it again
        if (chat is { IsDeleted: true } && kind != ClientEventKind.ChatRemoved)
            return;
        _events.Publish(new ClientEvent
        {
            Kind = kind,
            Time = Now,
            Chat = chat is null ? null : ViewOf(chat),
            Message = chat is null || line is null ? null : ViewOf(chat, line),
            Relay = relay is null ? null : ViewOf(relay),
        });
    }
}
