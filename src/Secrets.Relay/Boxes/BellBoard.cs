using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>Rings the bell every two seconds and keeps the last ones, so that who was away for a while catches up.</summary>
internal sealed class BellBoard : IAsyncDisposable
{
    /// <summary>Bells that are kept: seventeen minutes.</summary>
    public const int Kept = 512;

    /// <summary>Time between bells.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly ReadOnlyMemory<byte>[] _ring = new ReadOnlyMemory<byte>[Kept];
    private readonly BellBuilder _builder;
    private readonly Ed25519PrivateKey _key;
    private readonly RelayCounters _counters;
    private readonly ulong _first;
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _ringing;
    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins at this number; the key stays its owner's.</summary>
    public BellBoard(Ed25519PrivateKey key, ulong firstNumber, RelayCounters counters, RelayOptions options)
    {
        _key = key;
        _first = firstNumber;
        _counters = counters;
        _builder = new BellBuilder(RelayId.FromKey(key.PublicKey), firstNumber, default, options.Random);
        _timer = new PeriodicTimer(Interval, options.Clock);
        _ringing = RingAsync(_stop.Token);
    }

    /// <summary>The number of the bell that rings next.</summary>
    public ulong NextNumber
    {
        get
        {
            lock (_gate)
                return _builder.NextNumber;
        }
    }

    /// <summary>Adds the address of a box that was stored.</summary>
    public void Add(in BoxAddress address)
    {
        lock (_gate)
        {
            if (_builder.TryAdd(address))
                return;
            Ring();
            _ = _builder.TryAdd(address);
        }
    }

    /// <summary>The bell of this number or, if it isn't kept any more, the oldest that is; waits for one that hasn't rung yet.</summary>
    public async ValueTask<(ulong Number, ReadOnlyMemory<byte> Bell)> GetAsync(ulong number, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task rung;
            lock (_gate)
            {
                var next = _builder.NextNumber;
                var oldest = Math.Max(_first, next < Kept ? 0 : next - Kept);
                // one from far ahead comes from a relay whose clock was wrong: better the next than none
                if (number > next)
                    number = next;
                number = Math.Max(number, oldest);
                if (number < next)
                    return (number, _ring[number % Kept]);
                rung = _rung.Task;
            }
            await rung.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops ringing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _ringing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _timer.Dispose();
        _stop.Dispose();
    }

    private async Task RingAsync(CancellationToken cancellationToken)
    {
        while (await _timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            lock (_gate)
                Ring();
        }
    }

    private void Ring()
    {
        var bell = _builder.Ring(_key);
        _ring[bell.Number % Kept] = bell.Encoded.ToArray();
        _counters.Bell();
        var rung = _rung;
        _rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = rung.TrySetResult();
    }
}
