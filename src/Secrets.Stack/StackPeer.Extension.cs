using System.Buffers.Binary;

namespace Secrets.Stack;

/// <content>What goes beyond the JavaScript stack, with peers that say they know it: credit for streams, and cancelling of calls.</content>
/// <remarks>Spec: docs/protocol/stack.md §3.8.</remarks>
public sealed partial class StackPeer
{
    private const byte ExtensionVersion = 1;
    private const int LargestWindow = 256 << 10;
    private const int SmallestWindow = 4 << 10;

    private readonly Dictionary<int, ServedCall> _cancellable = [];
    private volatile bool _knowsExtension;
    private volatile bool _saidExtension;
    private volatile bool _isPlain;
    private Task? _findingOut;

    /// <summary>True if the other side counts what it may send.</summary>
    internal bool CountsCredit => _knowsExtension;

    /// <summary>True for streams that we open and send on: what may be sent is bounded until it is known whether the other side counts.</summary>
    internal bool StartsWithCredit => !_isPlain && !_options.WithoutExtensionForTestsOnly;

    /// <summary>How much of one stream may be on its way or wait here: a part of the budget that shrinks with their number, so that no stream holds up the others.</summary>
    internal int StreamWindow
    {
        get
        {
            int count;
            lock (_gate)
                count = Math.Max(1, _opened.Count + _accepted.Count);
            return Math.Clamp(_options.ReceiveQueueSize / (count + 1), Math.Min(SmallestWindow, _options.ReceiveQueueSize / 4), LargestWindow);
        }
    }

    /// <summary>Finds out whether the other side counts, once: if the answer to a call comes before its word, it doesn't.</summary>
    internal void FindOut()
    {
        lock (_gate)
            _findingOut ??= Task.Run(FindOutAsync);
    }

    /// <summary>Sends how much the other side may send on a stream, from its beginning.</summary>
    internal void SendCredit(int id, long credit)
    {
        Span<byte> body = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(body, credit);
        SendExtension(PacketFormat.StreamFlag, id, body);
    }

    /// <summary>The first request says that this side knows extensions.</summary>
    private bool SaysExtension => !_saidExtension && !_options.WithoutExtensionForTestsOnly;

    /// <summary>Whoever said that it knows them may get them; from anybody else the bit means nothing.</summary>
    private bool MayGetExtension => _saidExtension || _knowsExtension;

    /// <summary>The other side knows them too: it is told so if it can't know yet, and what it may send.</summary>
    private void LearnExtension()
    {
        if (_knowsExtension || _options.WithoutExtensionForTestsOnly)
            return;
        _knowsExtension = true;
        // this stack itself: it sends whole packets and waits for no acknowledgement
        if (_connection is ITunableConnection connection)
            connection.AcknowledgesAtOnce = false;
        if (SaysExtension)
        {
            _saidExtension = true;
            SendExtension(0, 0, [ExtensionVersion]);
        }

        foreach (var stream in Streams())
            stream.Grant();
    }

    private RpcDuplex[] Streams()
    {
        lock (_gate)
            return [.. _opened.Values, .. _accepted.Values.OfType<RpcDuplex>()];
    }

    private async Task FindOutAsync()
    {
        await AskAsync().ConfigureAwait(false);
        if (_knowsExtension)
            return;
        _isPlain = true;
        foreach (var stream in Streams())
            stream.ReceiveCredit(long.MaxValue);
    }

    private void HandleExtension(Packet packet, ReadOnlySpan<byte> body)
    {
        if (packet is { Id: 0, IsStream: false, IsEnd: false })
        {
            if (body is [ExtensionVersion])
                LearnExtension();
            return;
        }

        if (packet is { Id: > 0, IsEnd: true, IsStream: false })
        {
            CancelServing(packet.Id);
            return;
        }

        if (packet is not { IsStream: true, IsEnd: false } || packet.Id is 0 or int.MinValue || body.Length != sizeof(long))
            return;
        var credit = BinaryPrimitives.ReadInt64BigEndian(body);
        RpcDuplex? stream;
        lock (_gate)
            stream = packet.Id > 0 ? _accepted.GetValueOrDefault(packet.Id) : _opened.GetValueOrDefault(-packet.Id);
        if (credit >= 0)
            stream?.ReceiveCredit(credit);
    }

    private void CancelServing(int id)
    {
        lock (_gate)
        {
            // what it wakes runs elsewhere, as this loop must go on; who serves the call waits for it
            if (_cancellable.Remove(id, out var call))
                call.Cancelling = call.Cancellation.CancelAsync();
        }
    }

    /// <summary>Tells the other side that nobody waits for a call any more.</summary>
    private void SendCancel(int id)
    {
        if (_knowsExtension)
            SendExtension(PacketFormat.EndFlag, id, [ExtensionVersion]);
    }

    /// <summary>A call that the other side may cancel.</summary>
    private sealed class ServedCall(CancellationTokenSource cancellation)
    {
        public CancellationTokenSource Cancellation { get; } = cancellation;

        public Task Cancelling { get; set; } = Task.CompletedTask;
    }

    private void SendExtension(byte flags, int id, ReadOnlySpan<byte> body)
    {
        if (Queue.AddExtension(flags, id, body) == StackError.PeerNotReading)
            Stop(StackError.PeerNotReading);
    }
}
