using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>Local discovery as a plugin: <c>lan.start</c>, <c>lan.stop</c> and the source <c>lan.discoveredPeers</c>, for those whom the host lets.</summary>
/// <remarks>Its methods are those of the JavaScript package <c>ssb-lan</c>. Spec: docs/protocol/stack.md §4.8.</remarks>
[UnsupportedOSPlatform("browser")]
public sealed class LanPlugin : IStackPlugin, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<LocalDiscovery> _discovery = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public Plugin Build() => new Plugin("lan", "Finds nodes on the local network.")
    {
        ["start"] = Rpc.Sync(Start).Describe("Tells the local network the node's address, and listens for others. True if it didn't already."),
        ["stop"] = Rpc.Async(_ => StopAsync()).Describe("Stops it. True if it ran."),
        ["discoveredPeers"] = Rpc.Source<JsonObject>(call => FoundAsync(call.CancellationToken)).Describe("The addresses that others tell, none of them proved."),
    }.Initialize(node => node.Own(this));

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync() => _ = await StopAsync().ConfigureAwait(false);

    private bool Start(RpcCall call)
    {
        lock (_gate)
            return !_discovery.Task.IsCompleted && _discovery.TrySetResult(LocalDiscovery.Start(call.Node));
    }

    private async ValueTask<bool> StopAsync()
    {
        Task<LocalDiscovery> running;
        lock (_gate)
        {
            running = _discovery.Task;
            if (!running.IsCompleted)
                return false;
            _discovery = new TaskCompletionSource<LocalDiscovery>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await (await running.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        return true;
    }

    private async IAsyncEnumerable<JsonObject> FoundAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Task<LocalDiscovery> starting;
        lock (_gate)
            starting = _discovery.Task;
        var discovery = await starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var address in discovery.FoundAsync(cancellationToken).ConfigureAwait(false))
            yield return new JsonObject { ["address"] = address.ToString(), ["verified"] = false };
    }
}
