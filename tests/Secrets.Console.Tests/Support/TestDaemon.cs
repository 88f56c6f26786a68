using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Client.Api;
using Secrets.Stack;

namespace Secrets.Console.Tests.Support;

/// <summary>The daemon of an identity, as its own process, and the ways to it.</summary>
internal sealed class TestDaemon : IAsyncDisposable
{
    private readonly RunningProgram _program;

    private TestDaemon(RunningProgram program, JsonElement ready)
    {
        _program = program;
        Address = ready.GetProperty("address").GetString()!;
        ConnectFile = ready.GetProperty("file").GetString()!;
        Connect = JsonNode.Parse(File.ReadAllText(ConnectFile))!;
    }

    /// <summary>All ways for programs of this machine.</summary>
    public string Address { get; }

    /// <summary>The path of the file for the person's programs.</summary>
    public string ConnectFile { get; }

    /// <summary>What is in that file.</summary>
    public JsonNode Connect { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<TestDaemon> StartAsync(ConsoleWorld world, string store, params string[] options)
    {
        var program = new RunningProgram(world.Start(["daemon", "--json", "--store", store, .. options]));
        try
        {
            await program.WriteLineAsync("pw");
            var ready = JsonDocument.Parse(await program.LineAsync()).RootElement;
            Assert.Equal("type address network file", string.Join(' ', ready.EnumerateObject().Select(pair => pair.Name)));
            Assert.Equal("daemon", ready.GetProperty("type").GetString());
            return new TestDaemon(program, ready);
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects with these keys, or with those of the file, by the alternative that begins so.</summary>
    public async Task<TestProgram> ConnectAsync(StackKeys? keys = null, string transport = "unix:", AppKey? appKey = null)
    {
        var stack = SecretStack.Create(options =>
        {
            options.AppKey = appKey ?? ApiNetwork.AppKey;
            options.MaxItemSize = ApiNetwork.MaxItemSize;
        });
        var node = keys is null ? stack.CreateClient(Convert.FromHexString((string)Connect["seed"]!)) : stack.CreateClient(keys);
        try
        {
            return new TestProgram(node, await node.ConnectAsync(Address.Split(';').Single(way => way.StartsWith(transport, StringComparison.Ordinal))));
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public Task<(int Code, string Errors)> EndAsync(string signal = "INT") => _program.EndAsync(signal);

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
