using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Support;

/// <summary>A client of one relay: a connection with one open stream of cells.</summary>
internal sealed class RelayClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StackNode _node;
    private readonly RpcDuplex _cells;
    private readonly Queue<Answer> _answers = new();

    private RelayClient(StackNode node, StackPeer peer, RpcDuplex cells)
    {
        _node = node;
        Peer = peer;
        _cells = cells;
    }

    public StackPeer Peer { get; }

    public static StackNode Client(IStackNetwork? network = null) => SecretStack.Create(options =>
    {
        _ = AppKey.TryRead(BoxesNetwork.AppKey.Bytes, out var appKey);
        options.AppKey = appKey;
        options.Network = network ?? StackNetwork.System;
    }).CreateClient();

    public static async Task<RelayClient> ConnectAsync(MultiserverAddress address)
    {
        var node = Client();
        var peer = await node.ConnectAsync(address);
        return new RelayClient(node, peer, await peer.OpenDuplexAsync(BoxesNetwork.CellsMethod));
    }

    public static Task<RelayClient> ConnectAsync(RelayHost host, StackTransport transport = StackTransport.Tcp) =>
        ConnectAsync(new MultiserverAddress(host.Address.Key, host.Address.Endpoints.Single(endpoint => endpoint.Transport == transport)));

    public static byte[] WriteCell(SealedBox box, bool allowShortAnswer = false)
    {
        var cell = new byte[box.Class.CellSize];
        BoxRequest.WriteWrite(cell, box, allowShortAnswer);
        return cell;
    }

    public static byte[] ReadCell(in BoxAddress address, BoxClass boxClass = BoxClass.Small, int wait = 0, bool isShort = false)
    {
        var cell = new byte[isShort ? Cell.HeadSize : boxClass.CellSize];
        BoxRequest.WriteRead(cell, address, boxClass, wait, RandomSource.System);
        return cell;
    }

    public static byte[] DeleteCell(in Tombstone tombstone, BoxClass boxClass = BoxClass.Small)
    {
        var cell = new byte[boxClass.CellSize];
        BoxRequest.WriteDelete(cell, tombstone, boxClass, RandomSource.System);
        return cell;
    }

    public ValueTask SendAsync(params byte[][] cells) => _cells.SendAsync(cells.SelectMany(cell => cell).ToArray());

    public async Task<Answer> AskAsync(byte[] cell)
    {
        await SendAsync(cell);
        return await NextAsync();
    }

    public Task<Answer> WriteAsync(TestBox box) => AskAsync(WriteCell(box.Sealed));

    public Task<Answer> ReadAsync(TestBox box, int wait = 0) => AskAsync(ReadCell(box.Address, box.Class, wait));

    public Task<Answer> DeleteAsync(TestBox box) => AskAsync(DeleteCell(box.Tombstone, box.Class));

    /// <summary>A call that is answered after all cells sent before were taken by the relay.</summary>
    public async Task<RpcValue> CallAsync(string method, params JsonNode[] arguments) =>
        await Peer.CallAsync(method, new JsonArray(arguments));

    public async Task<Answer> NextAsync()
    {
        while (_answers.Count == 0)
        {
            var item = await _cells.ReadAsync().AsTask().WaitAsync(Patience) ?? throw new InvalidOperationException("The stream has ended.");
            Split(item.Body.ToArray());
        }
        return _answers.Dequeue();
    }

    public async Task<Answer[]> NextAsync(int count)
    {
        var answers = new Answer[count];
        for (var i = 0; i < count; i++)
            answers[i] = await NextAsync();
        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        await _node.DisposeAsync();
    }

    private void Split(byte[] item)
    {
        for (var rest = item.AsSpan(); !rest.IsEmpty;)
        {
            Assert.Equal(CellError.None, BoxAnswer.TryGetLength(rest, out var length));
            Assert.Equal(CellError.None, BoxAnswer.TryRead(rest[..length], out var answer));
            _answers.Enqueue(new Answer(answer.Status, answer.Class, answer.Address, answer.Signature, answer.Body.ToArray(), length));
            rest = rest[length..];
        }
    }

    internal sealed record Answer(BoxStatus Status, BoxClass Class, BoxAddress Address, Ed25519Signature Signature, byte[] Body, int Length);
}
