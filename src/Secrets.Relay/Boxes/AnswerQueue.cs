using System.Buffers;
using System.Threading.Channels;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>The answers of one stream on their way out, in whatever order they are ready.</summary>
/// <remarks>It needs no bound of its own: what it holds is counted by the connection until it is sent, an answer is small, and the boxes that answers show have a bound for all connections together.</remarks>
internal sealed class AnswerQueue
{
    // an item is filled with answers up to one large cell
    private static readonly int MaxItemSize = BoxClass.Large.CellSize;

    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(60);

    private readonly Channel<CellAnswer> _queue = Channel.CreateUnbounded<CellAnswer>(new UnboundedChannelOptions { SingleReader = true });
    private readonly BoxService _service;
    private readonly ConnectionState _connection;
    private readonly RpcDuplex _stream;

    /// <summary>For a stream of a connection.</summary>
    public AnswerQueue(BoxService service, ConnectionState connection, RpcDuplex stream)
    {
        _service = service;
        _connection = connection;
        _stream = stream;
    }

    /// <summary>Adds an answer; after the end it is dropped.</summary>
    public void Add(in CellAnswer answer)
    {
        if (!_queue.Writer.TryWrite(answer))
            Drop(answer);
    }

    /// <summary>No answer follows.</summary>
    public void Complete() => _ = _queue.Writer.TryComplete();

    /// <summary>Drops what is left, once it is complete and nothing is sent any more.</summary>
    public void DropRest()
    {
        while (_queue.Reader.TryRead(out var answer))
            Drop(answer);
    }

    /// <summary>Sends what is added until the queue is complete. When that fails, and when the other side takes nothing for a minute, <paramref name="reading"/> ends too.</summary>
    public async Task SendAsync(CancellationTokenSource reading, CancellationToken cancellationToken)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                await SendGatheredAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // from one who takes no answers nothing more is read
            await reading.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task SendGatheredAsync(CancellationToken cancellationToken)
    {
        while (TrySendItem(out var unsent, out var charge, out var waitUnits))
        {
            try
            {
                if (unsent.Length > 0)
                    await SendPatientlyAsync(unsent, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _connection.Budget.Release(charge);
                _connection.EndWait(waitUnits);
            }
        }
    }

    // whoever gives up takes the item back too: else each stream that ends so would leave one behind
    private async Task SendPatientlyAsync(byte[] item, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(SendTimeout, _service.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await _stream.SendAsync(item, ending.Token).ConfigureAwait(false);
    }

    // one item of what has gathered, false for nothing; what there is no room for now is kept in memory of its own size for as long as that takes
    private bool TrySendItem(out byte[] unsent, out int charge, out int waitUnits)
    {
        var item = ArrayPool<byte>.Shared.Rent(MaxItemSize);
        try
        {
            var length = Gather(item, out charge, out waitUnits);
            unsent = length == 0 || _stream.TrySend(item.AsSpan(0, length)) ? [] : item[..length];
            return length > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(item);
        }
    }

    private int Gather(Span<byte> item, out int charge, out int waitUnits)
    {
        var length = 0;
        (charge, waitUnits) = (0, 0);
        while (_queue.Reader.TryPeek(out var answer) && length + answer.MaxLength <= MaxItemSize)
        {
            _ = _queue.Reader.TryRead(out _);
            length += answer.Write(item[length..], _service);
            charge += answer.Charge;
            waitUnits += answer.WaitUnits;
        }
        return length;
    }

    private void Drop(in CellAnswer answer)
    {
        answer.Drop();
        _connection.Budget.Release(answer.Charge);
        _connection.EndWait(answer.WaitUnits);
    }
}
