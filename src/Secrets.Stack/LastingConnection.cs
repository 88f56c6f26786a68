using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>A connection that is made again whenever it ended, with growing pauses. Made by <see cref="StackNode.KeepConnected"/>.</summary>
/// <remarks>Calls and streams of a connection that ended have failed; what to do about them only their caller knows.</remarks>
public sealed class LastingConnection : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly StackNode _node;
    private readonly MultiserverAddress _address;
    private readonly Action<StackPeer>? _connected;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Task _running;
    private TaskCompletionSource<StackPeer> _peer = Empty();
    private StackPeer? _current;

    internal LastingConnection(StackNode node, MultiserverAddress address, Action<StackPeer>? connected)
    {
        _node = node;
        _address = address;
        _connected = connected;
        _running = Task.Run(RunAsync);
    }

    /// <summary>The connection of this moment, or the next one.</summary>
    public Task<StackPeer> GetPeerAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            // one that has ended is none any more, also in the moment before that is noticed
            if (_current is { Completion.IsCompleted: true })
                Forget();
            return _peer.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Closes it and makes no other.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        lock (_gate)
            _ = _peer.TrySetCanceled();
    }

    private void Forget()
    {
        _current = null;
        _peer = Empty();
    }

    private static TaskCompletionSource<StackPeer> Empty() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync()
    {
        var pause = FirstPause;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await StayConnectedAsync().ConfigureAwait(false);
                pause = FirstPause;
            }
            catch (StackException) when (!_node.IsStopped)
            {
                // nobody there, or not wanted: that can change
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // options that can't be, or a fault in the caller's own code: whoever waits learns it, and nothing is tried again
            catch (Exception exception)
            {
                lock (_gate)
                    _ = _peer.TrySetException(exception);
                return;
            }
#pragma warning restore CA1031

            await PauseAsync(pause).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Connects, and ends when the connection has.</summary>
    private async Task StayConnectedAsync()
    {
        var peer = await _node.ConnectAsync(_address, _stopping.Token).ConfigureAwait(false);
        try
        {
            _connected?.Invoke(peer);
            lock (_gate)
            {
                _current = peer;
                _ = _peer.TrySetResult(peer);
            }
            _ = await peer.Completion.WaitAsync(_stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                // else somebody waits for the next one already
                if (_current is not null)
                    Forget();
            }
            await peer.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Half of the pause and a random part of the rest, so that those whom one server lost don't all come back at one moment.</summary>
    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay((pause / 2) + (pause / 2 * Fraction(_node.Options.RandomSource)), _node.Options.TimeProvider, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private static double Fraction(RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        random.Fill(bytes);
        return (double)BinaryPrimitives.ReadUInt16BigEndian(bytes) / ushort.MaxValue;
    }
}
