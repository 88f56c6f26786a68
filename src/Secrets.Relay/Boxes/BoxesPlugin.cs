using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Secrets.Relay.Limits;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Boxes;

/// <summary>The relay's service on the stack: <c>cells</c>, <c>bell</c>, <c>manifest</c>, <c>pass</c>; everybody may call it.</summary>
/// <remarks>Spec: docs/protocol/boxes.md §3.9.</remarks>
internal sealed class BoxesPlugin : IDisposable
{
    // a wrong pass costs as much as this many cells, so that guessing is slow
    private const int PassCost = 100;

    private readonly ConditionalWeakTable<StackPeer, ConnectionState> _connections = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly BoxService _service;
    private readonly BellBoard _bell;
    private readonly RelayManifest _manifest;
    private readonly PassList _passes;
    private readonly RelayLimits _limits;
    private long _lastNumber;

    /// <summary>Over a service and a bell that stay their owner's.</summary>
    public BoxesPlugin(BoxService service, BellBoard bell, RelayManifest manifest, PassList passes, RelayLimits limits)
    {
        _service = service;
        _bell = bell;
        _manifest = manifest;
        _passes = passes;
        _limits = limits;
    }

    /// <summary>The plugin of a node.</summary>
    public Plugin ToPlugin() => new Plugin("boxes", "Boxes that others left here, and a bell for new ones.")
    {
        ["cells"] = Rpc.Duplex(CellsAsync).Describe("Requests there, answers back."),
        ["bell"] = Rpc.Source(BellAsync).Describe("A signed word whenever boxes were written.", ("number", "the first one wanted")),
        ["manifest"] = Rpc.Async(_ => ValueTask.FromResult(RpcValue.FromBinary(_manifest.Encoded.ToArray()))).Describe("What the relay says of itself."),
        ["pass"] = Rpc.Async(PassAsync).Describe("Shows a pass; true if writing is allowed.", ("pass", "the text of the pass")),
    }.AllowAnonymous("cells", "bell", "manifest", "pass");

    /// <summary>No more requests are taken; the streams end when what was taken is answered.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private ConnectionState StateOf(StackPeer peer) => _connections.GetValue(
        peer, known => new ConnectionState(Interlocked.Increment(ref _lastNumber), RemoteNetwork.Of(known.RemoteAddress), _limits, _service.Waits));

    private async ValueTask CellsAsync(RpcCall call) =>
        await new CellStream(_service, StateOf(call.Peer), call.Stream).RunAsync(_stopping.Token, call.CancellationToken).ConfigureAwait(false);

    private async ValueTask BellAsync(RpcCall call)
    {
        var wanted = call.Arguments is [JsonValue first, ..] && first.TryGetValue<ulong>(out var from) ? from : _bell.NextNumber;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, _stopping.Token);
        try
        {
            while (true)
            {
                var (number, bell) = await _bell.GetAsync(wanted, ending.Token).ConfigureAwait(false);
                await call.Stream.SendAsync(bell, ending.Token).ConfigureAwait(false);
                wanted = number + 1;
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // the stream ends in peace
        }
    }

    private async ValueTask<bool> PassAsync(RpcCall call)
    {
        var connection = StateOf(call.Peer);
        if (!await _service.Rate.TryPassAsync(connection.Number, connection.Network, PassCost, call.CancellationToken).ConfigureAwait(false))
            return false;
        if (call.Arguments is [JsonValue first, ..] && first.TryGetValue<string>(out var pass) && _passes.Accepts(pass))
            connection.HasPass = true;
        return connection.HasPass || !_passes.IsClosed;
    }
}
