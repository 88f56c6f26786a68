using System.Text.Json.Nodes;
using Secrets.Stack;

namespace Secrets.Console.Tests.Support;

/// <summary>A program that is connected to a daemon.</summary>
internal sealed class TestProgram(StackNode node, StackPeer daemon) : IAsyncDisposable
{
    public StackPeer Daemon { get; } = daemon;

    public async Task<JsonNode?> CallAsync(string method, JsonObject? argument = null) => (await Daemon.CallAsync(method, argument is null ? [] : [argument])).Json;

    public async Task<RpcException> RefusedAsync(string method, JsonObject? argument = null) => await Assert.ThrowsAsync<RpcException>(() => CallAsync(method, argument));

    public ValueTask DisposeAsync() => node.DisposeAsync();
}
