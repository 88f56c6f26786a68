using System.Diagnostics;
using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Bench;

/// <summary>Senders that write boxes sealed beforehand, and a reader that waits for each of them, on connections of their own.</summary>
internal sealed class RelayLoad
{
    // cells in one item of the sender, reads in one item of the reader, and how far the reader waits ahead
    private const int Batch = 12;
    private const int ReadAhead = 1024;
    private const int Senders = 4;

    private readonly MultiserverAddress _address;
    private readonly byte[][] _cells;
    private readonly BoxAddress[] _addresses;
    private readonly Dictionary<uint, int> _indexes;
    private readonly long[] _sent;
    private readonly long[] _received;
    private readonly Lock _gate = new();
    private int _next;

    public RelayLoad(MultiserverAddress address, int count)
    {
        _address = address;
        _cells = new byte[count][];
        _addresses = new BoxAddress[count];
        _sent = new long[count];
        _received = new long[count];
        _ = Parallel.For(0, count, Seal);
        _indexes = Enumerable.Range(0, count).DistinctBy(i => _addresses[i].Prefix).ToDictionary(i => _addresses[i].Prefix);
    }

    public int Count => _cells.Length;

    /// <summary>Writes boxes from <paramref name="start"/> on, as fast as may be or at a rate; how long until the reader had them all, each acknowledged.</summary>
    public async Task<TimeSpan> RunAsync(int start, int count, int perSecond)
    {
        var senders = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => RelayConnection.OpenAsync(_address)));
        await using var reader = await RelayConnection.OpenAsync(_address);
        var waiting = new SemaphoreSlim(0);
        var reading = ReadAsync(reader, start, count, waiting);
        await waiting.WaitAsync();
        await Task.Delay(300);
        var clock = Stopwatch.StartNew();
        _next = 0;
        await Task.WhenAll(senders.Select(sender => SendAsync(sender, start, count, perSecond)));
        await reading;
        var elapsed = clock.Elapsed;
        foreach (var sender in senders)
            await sender.DisposeAsync();
        return elapsed;
    }

    /// <summary>Milliseconds from put to the waiting reader, in order.</summary>
    public double[] Latencies(int start, int count)
    {
        var latencies = new double[count];
        for (var i = 0; i < count; i++)
            latencies[i] = Stopwatch.GetElapsedTime(_sent[start + i], _received[start + i]).TotalMilliseconds;
        Array.Sort(latencies);
        return latencies;
    }

    private void Seal(int index)
    {
        using var key = Ed25519PrivateKey.Generate(RandomSource.System);
        var body = new byte[BoxClass.Small.SealedSize];
        RandomSource.System.Fill(body);
        _ = BoxAddress.TryRead(key.PublicKey.Bytes, out _addresses[index]);
        _ = SealedBox.TryCreate(_addresses[index], key.Sign(body), body, out var box);
        _cells[index] = new byte[BoxClass.Small.CellSize];
        BoxRequest.WriteWrite(_cells[index], box!, allowShortAnswer: true);
    }

    private async Task SendAsync(RelayConnection sender, int start, int count, int perSecond)
    {
        var item = new byte[Batch * BoxClass.Small.CellSize];
        var clock = Stopwatch.StartNew();
        var acknowledging = TakeAcknowledgementsAsync(sender);
        while (true)
        {
            var due = perSecond == 0 ? count : (int)Math.Min(count, clock.Elapsed.TotalSeconds * perSecond);
            var (from, to) = Take(due);
            if (from == count)
                break;
            if (from == to)
            {
                await Task.Delay(1);
                continue;
            }
            for (var i = from; i < to; i++)
            {
                _cells[start + i].CopyTo(item, (i - from) * BoxClass.Small.CellSize);
                _sent[start + i] = Stopwatch.GetTimestamp();
            }
            await sender.Cells.SendAsync(item.AsMemory(0, (to - from) * BoxClass.Small.CellSize));
        }
        await sender.Cells.CompleteAsync();
        await acknowledging;
    }

    private (int From, int To) Take(int due)
    {
        lock (_gate)
        {
            var from = _next;
            _next = Math.Max(_next, Math.Min(due, from + Batch));
            return (from, _next);
        }
    }

    // beside the sending, so that the relay is never held up by its answers; it ends its side when all is answered
    private static async Task TakeAcknowledgementsAsync(RelayConnection sender)
    {
        while (await sender.Cells.ReadAsync() is { } item)
        {
            using (item)
                _ = TakeAnswers(item.Body.Span, static (_, status) =>
                {
                    if (status is not BoxStatus.Ok)
                        throw new InvalidOperationException("A write was not taken.");
                });
        }
    }

    private async Task ReadAsync(RelayConnection reader, int start, int count, SemaphoreSlim waiting)
    {
        _ = await AskAsync(reader, start, 0, Math.Min(count, ReadAhead));
        _ = waiting.Release();
        using var room = new SemaphoreSlim(0);
        var asking = AskAheadAsync(reader, start, count, room);
        for (var got = 0; got < count;)
        {
            using var item = await reader.Cells.ReadAsync() ?? throw new InvalidOperationException("The relay ended the stream.");
            var now = Stopwatch.GetTimestamp();
            var answers = TakeAnswers(item.Body.Span, (address, status) =>
            {
                if (status is not BoxStatus.Ok)
                    throw new InvalidOperationException("A read was not answered with the box.");
                _received[_indexes[address.Prefix]] = now;
            });
            got += answers;
            _ = room.Release(answers);
        }
        await asking;
    }

    // beside the reading: who asks and takes no answers meanwhile is asked to wait by a relay that has nowhere to put them
    private async Task AskAheadAsync(RelayConnection reader, int start, int count, SemaphoreSlim room)
    {
        for (var asked = Math.Min(count, ReadAhead); asked < count;)
        {
            var next = Math.Min(Batch, count - asked);
            for (var i = 0; i < next; i++)
                await room.WaitAsync();
            asked = await AskAsync(reader, start, asked, asked + next);
        }
    }

    private async Task<int> AskAsync(RelayConnection reader, int start, int from, int to)
    {
        var item = new byte[(to - from) * Cell.HeadSize];
        for (var i = from; i < to; i++)
            RelayConnection.WriteWait(item.AsSpan((i - from) * Cell.HeadSize, Cell.HeadSize), _addresses[start + i]);
        for (var rest = item.AsMemory(); !rest.IsEmpty;)
        {
            var now = Math.Min(rest.Length, 64 * Cell.HeadSize);
            await reader.Cells.SendAsync(rest[..now]);
            rest = rest[now..];
        }
        return to;
    }

    private static int TakeAnswers(ReadOnlySpan<byte> item, Action<BoxAddress, BoxStatus> each)
    {
        var count = 0;
        while (!item.IsEmpty)
        {
            _ = BoxAnswer.TryGetLength(item, out var length);
            if (BoxAnswer.TryRead(item[..length], out var answer) != CellError.None)
                throw new InvalidOperationException("An answer is malformed.");
            each(answer.Address, answer.Status);
            item = item[length..];
            count++;
        }
        return count;
    }
}
