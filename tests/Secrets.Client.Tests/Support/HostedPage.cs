using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Client.Api;
using Secrets.Client.Hosting;
using Secrets.Crypto;
using Secrets.Store;

namespace Secrets.Client.Tests.Support;

/// <summary>A host as a page calls it.</summary>
internal sealed class HostedPage : IHostObserver, IAsyncDisposable
{

    public HostedPage(MemoryShelf shelf, string? relay = null)
    {
        var store = new StoreOptions { PasswordCost = Argon2idParameters.ForTestsOnly(8, 1), AcceptAnyCostForTestsOnly = true };
        Host = new ClientHost(
            shelf,
            new HostOptions { Client = new ClientOptions { Network = new NoNetwork(), Store = store }, Version = "9.9.9", FindRelay = _ => ValueTask.FromResult(relay) },
            this);
    }

    public ClientHost Host { get; }

    public ConcurrentQueue<string> Events { get; } = new();

    public int Changes { get; private set; }

    public void Happened(string json) => Events.Enqueue(json);

    public void Changed() => Changes++;

    /// <summary>Calls and expects a result.</summary>
    public async Task<JsonNode?> CallAsync(string command, object? arguments = null, ReadOnlyMemory<byte> bytes = default)
    {
        var reply = await SendAsync(command, arguments, bytes);
        Assert.Null(reply.Error);
        return JsonNode.Parse(reply.Result);
    }

    /// <summary>Calls and expects a refusal.</summary>
    public async Task<string?> RefusedAsync(string command, object? arguments = null, ReadOnlyMemory<byte> bytes = default)
    {
        var reply = await SendAsync(command, arguments, bytes);
        Assert.Equal("", reply.Result);
        return reply.Error;
    }

    public ValueTask<ApiReply> SendAsync(string command, object? arguments = null, ReadOnlyMemory<byte> bytes = default) =>
        Host.CallAsync(command, new ApiRequest { Arguments = arguments as string ?? JsonSerializer.Serialize(arguments ?? new object()), Bytes = bytes }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
