using Secrets.Crypto;

namespace Secrets.Client.Network;

/// <summary>Keeps one relay connected: tries again with growing pauses, hands bells on, and asks cells.</summary>
/// <remarks>Runs beside the engine's loop; everything it learns is posted to the loop through <see cref="IRelayObserver"/>.</remarks>
internal sealed class RelayConnection : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(5);

    // an honest relay rings every two seconds; one that rings without end is heard slowly, and what it sends waits on the connection, which has a bound
    private const int BellBurst = 64;
    private static readonly TimeSpan BellPause = TimeSpan.FromMilliseconds(250);

    private readonly IRelayNetwork _network;
    private readonly IRelayObserver _observer;
    private readonly TimeProvider _time;
    private readonly RandomSource _random;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile IRelayLink? _link;
    private ulong _lastBell;
    private int _bellsAllowed = BellBurst;
    private long _bellsAllowedSince;

    public RelayConnection(string address, IRelayNetwork network, IRelayObserver observer, TimeProvider time, RandomSource random)
    {
        Address = address;
        _network = network;
        _observer = observer;
        _time = time;
        _random = random;
        // runs on the caller's thread until it first waits; the observer only queues
        _running = RunAsync();
    }

    /// <summary>The relay's multiserver address.</summary>
    public string Address { get; }

    /// <summary>True while a connection stands.</summary>
    public bool IsConnected => _link is not null;

    /// <summary>Asks one cell; null if the relay is not there or does not answer in time (for a waiting read, more than the usual).</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> TryAskAsync(ReadOnlyMemory<byte> request, TimeSpan? limitOfWait = null)
    {
        var link = _link;
        if (link is null)
            return null;
        try
        {
            using var limit = new CancellationTokenSource(limitOfWait ?? AnswerLimit, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
            return await link.AskAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (RelayException)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // the connection is being closed, or a request for this address is still open on it
            return null;
        }
    }

    /// <summary>What the relay says of its TURN server; empty if it has none, is not there or does not answer in time.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> TryGetTurnAsync(CancellationToken cancellationToken)
    {
        var link = _link;
        if (link is null)
            return default;
        try
        {
            using var limit = new CancellationTokenSource(TurnLimit, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token, cancellationToken);
            return await link.GetTurnAsync(either.Token).ConfigureAwait(false);
        }
        catch (RelayException)
        {
            return default;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    /// <summary>Notes the bell that was checked last, so that a new connection goes on after it.</summary>
    public void BellSeen(ulong number) => Volatile.Write(ref _lastBell, number);

    public async ValueTask DisposeAsync()
    {
        End(_stop);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = FirstPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var link = await _network.ConnectAsync(Address, _stop.Token).ConfigureAwait(false);
                await using (link.ConfigureAwait(false))
                {
                    pause = FirstPause;
                    _link = link;
                    _observer.RelayUp(this);
                    await ListenAsync(link).ConfigureAwait(false);
                }
            }
            catch (RelayException)
            {
                // nothing was lost: what waits is in the store
            }
            catch (OperationCanceledException)
            {
                // stopping, or the connection took too long
            }
#pragma warning disable CA1031 // whatever a relay sends, it must not end the trying for good
            catch (Exception)
#pragma warning restore CA1031
            {
                // as good as a lost connection
            }
            _link = null;
            _observer.RelayDown(this);
            await PauseAsync(pause).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task ListenAsync(IRelayLink link)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var watching = WatchAsync(link, ended);
        try
        {
            await foreach (var bell in link.BellsAsync(Volatile.Read(ref _lastBell), ended.Token).ConfigureAwait(false))
            {
                await AllowBellAsync(ended.Token).ConfigureAwait(false);
                await _observer.BellRangAsync(this, bell).WaitAsync(ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // the connection ended or we are stopping
        }
        finally
        {
            End(ended);
            await watching.ConfigureAwait(false);
        }
    }

    private async Task AllowBellAsync(CancellationToken cancellationToken)
    {
        var earned = (long)(_time.GetElapsedTime(_bellsAllowedSince) / BellPause);
        if (earned > 0)
        {
            _bellsAllowed = (int)Math.Min(BellBurst, _bellsAllowed + earned);
            _bellsAllowedSince = _time.GetTimestamp();
        }
        if (_bellsAllowed > 0)
        {
            _bellsAllowed--;
            return;
        }
        await Task.Delay(BellPause, _time, cancellationToken).ConfigureAwait(false);
        _bellsAllowedSince = _time.GetTimestamp();
    }

    private static async Task WatchAsync(IRelayLink link, CancellationTokenSource ended)
    {
        try
        {
            await link.Closed.WaitAsync(ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        End(ended);
    }

    // on this thread: what waits here only queues
    private static void End(CancellationTokenSource waiting) => waiting.Cancel();

    // Full jitter: many clients of a relay that comes back do not come all at once.
    private async Task PauseAsync(TimeSpan pause)
    {
        var milliseconds = _random.Next((uint)pause.TotalMilliseconds) + 100;
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _time, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }
}
