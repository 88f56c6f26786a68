using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Network;

/// <summary>A relay on the stack: cells on one duplex stream, matched by address; bells from a source.</summary>
internal sealed class StackRelayLink : IRelayLink
{
    private readonly StackPeer _peer;
    private readonly StackNode _node;
    private readonly RpcDuplex _cells;
    private readonly ConcurrentDictionary<BoxAddress, TaskCompletionSource<ReadOnlyMemory<byte>>> _open = new();
    private readonly Task _reading;

    private StackRelayLink(StackPeer peer, StackNode node, RpcDuplex cells)
    {
        _peer = peer;
        _node = node;
        _cells = cells;
        _reading = ReadAsync();
    }

    public Task Closed => _reading;

    public static async ValueTask<StackRelayLink> OpenAsync(StackPeer peer, StackNode node, CancellationToken cancellationToken)
    {
        try
        {
            var cells = await peer.OpenDuplexAsync(BoxesNetwork.CellsMethod, null, cancellationToken).ConfigureAwait(false);
            return new StackRelayLink(peer, node, cells);
        }
        catch
        {
            await peer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        _ = BoxAddress.TryRead(request.Span.Slice(Cell.RequestAddressOffset, BoxAddress.Size), out var address);
        var answer = new TaskCompletionSource<ReadOnlyMemory<byte>>(TaskCreationOptions.RunContinuationsAsynchronously);
        // answers are matched by address: one open request for each
        if (!_open.TryAdd(address, answer))
            throw new InvalidOperationException("A request for this address is open.");
        try
        {
            if (_reading.IsCompleted)
                throw new RelayException(isTransient: true);
            await _cells.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StackException)
        {
            throw new RelayException(isTransient: true);
        }
        finally
        {
            _ = _open.TryRemove(address, out _);
        }
    }

    public ValueTask<ReadOnlyMemory<byte>> GetTurnAsync(CancellationToken cancellationToken) => StackTurn.GetAsync(_peer, cancellationToken);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> BellsAsync(ulong after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RpcDuplex bells;
        try
        {
            bells = await _peer.OpenSourceAsync(BoxesNetwork.BellMethod, after is 0 or ulong.MaxValue ? null : new JsonArray((JsonNode)JsonValue.Create(after + 1)), cancellationToken).ConfigureAwait(false);
        }
        catch (StackException)
        {
            throw new RelayException(isTransient: true);
        }
        await using (bells.ConfigureAwait(false))
        {
            while (true)
            {
                RpcItem item;
                try
                {
                    if (await bells.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } bell)
                        yield break;
                    item = bell;
                }
                catch (StackException)
                {
                    throw new RelayException(isTransient: true);
                }
                using (item)
                {
                    // longer than any bell: who sends that is no relay
                    if (item.Body.Length > Bell.MaxSize)
                        throw new RelayException(isTransient: true);
                    yield return item.Body.ToArray();
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cells.DisposeAsync().ConfigureAwait(false);
        await _peer.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        await _node.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _cells.ReadAsync().ConfigureAwait(false) is { } item)
            {
                using (item)
                    Take(item.Body);
            }
        }
        catch (StackException)
        {
            // the connection is gone: every open request learns it below
        }
        foreach (var (_, waiting) in _open)
            _ = waiting.TrySetException(new RelayException(isTransient: true));
    }

    // An item is one or more whole answer cells; what is no cell ends the reading of this item.
    private void Take(ReadOnlyMemory<byte> item)
    {
        while (BoxAnswer.TryGetLength(item.Span, out var size) == CellError.None && size <= item.Length)
        {
            var cell = item[..size];
            if (BoxAddress.TryRead(cell.Span.Slice(Cell.AnswerAddressOffset, BoxAddress.Size), out var address) && _open.TryGetValue(address, out var waiting))
                _ = waiting.TrySetResult(cell.ToArray());
            item = item[size..];
        }
    }
}
