using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Stack.Tests.Connections;

namespace Secrets.Stack.Tests.Plugins;

/// <summary>Wrapping methods, and <c>auth</c> among them.</summary>
public class HookTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_hook_is_the_outermost_and_each_sees_arguments_and_answer()
    {
        var seen = new List<string>();
        await using var test = new TestNode();
        foreach (var name in new[] { "h1", "h2" })
        {
            test.Node.Hook("harness.add", async (call, next) =>
            {
                seen.Add(name + " in");
                var value = await next(call.With([(int)call.Arguments[0]! + 1, call.Arguments[1]!.DeepClone()]));
                seen.Add(name + " out");
                return RpcValue.FromJson(10 * (int)value.Json!);
            });
        }

        await using var peer = await test.ConnectAsync();
        Assert.Equal(700, await peer.CallAsync<int>("harness.add", [2, 3], Token));
        Assert.Equal(700, await test.Node.CallAsync<int>("harness.add", [2, 3], Token));
        Assert.Equal(["h2 in", "h1 in", "h1 out", "h2 out"], seen.Take(4));
    }

    [Fact]
    public async Task Sync_calls_and_streams_are_wrapped_too()
    {
        await using var test = new TestNode();
        test.Node.Hook("harness.hello", async (call, next) => RpcValue.FromText((await next(call)).Text!.ToUpperInvariant()));
        test.Node.Hook("harness.count", (call, next) => next(call.With([2 * (int)call.Arguments[0]!])));
        test.Node.Hook("harness.collect", (_, _) => throw new RpcException("not today"));
        await using var peer = await test.ConnectAsync();

        Assert.Equal("HELLO, BOB.", await peer.CallAsync<string>("harness.hello", ["bob"], Token));
        Assert.Equal(6, await peer.SourceAsync<int>("harness.count", [3], Token).CountAsync(Token));
        await using var sink = await peer.OpenSinkAsync("harness.collect", cancellationToken: Token);
        Assert.Equal("not today", (await Assert.ThrowsAsync<RpcException>(async () => await sink.ReadAsync(Token))).Message);
        _ = Assert.Throws<ArgumentException>(() => test.Node.Hook("harness.nothing", (call, next) => next(call)));
    }

    [Fact]
    public async Task A_hook_is_behind_the_permissions()
    {
        var ran = false;
        await using var test = new TestNode();
        test.Node.Hook("harness.denied", (call, next) =>
        {
            ran = true;
            return next(call);
        });
        await using var peer = await test.ConnectAsync();

        _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync("harness.denied", cancellationToken: Token));
        Assert.False(ran);
    }

    [Fact]
    public async Task A_plugin_can_be_the_permission_system_by_wrapping_auth()
    {
        using var friend = StackKeys.Generate(RandomSource.System);
        await using var test = new TestNode(nodeOptions: options => options.Permit(friend.PublicKey, StackPermissions.Allow("harness.aliceOnly")));
        test.Node.HookAuth(async (_, next, _) => (await next())?.Except("harness.fail"));
        await using var stranger = await test.ConnectAsync();
        await using var known = await test.Client(keys: friend).ConnectAsync(test.Address, Token);

        Assert.Equal(1, await stranger.CallAsync<int>("harness.echo", [1], Token));
        Assert.Contains("disallowed", (await Assert.ThrowsAsync<RpcException>(async () => await stranger.CallAsync("harness.fail", ["x"], Token))).Message, StringComparison.Ordinal);
        Assert.Equal("hihihi", await known.CallAsync<string>("harness.aliceOnly", cancellationToken: Token));
        _ = await Assert.ThrowsAsync<RpcException>(async () => await known.CallAsync("harness.echo", [1], Token));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"admin":1}""")]
    [InlineData("""{"allow":null}""")]
    [InlineData("""{"allow":false}""")]
    [InlineData("""{"allow":"harness"}""")]
    [InlineData("""{"allow":["a."],"deny":[]}""")]
    [InlineData("""{"allow":true,"deny":"harness"}""")]
    [InlineData("""{"allow":true,"only":[]}""")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("false")]
    public async Task An_answer_of_auth_that_doesnt_say_what_it_allows_is_a_refusal(string answer)
    {
        await using var test = new TestNode();
        test.Node.Hook("auth", (_, _) => ValueTask.FromResult(RpcValue.FromJson(JsonNode.Parse(answer))));

        Assert.Equal(StackError.HelloRefused, (await Assert.ThrowsAsync<StackException>(async () => await test.ConnectAsync())).Error);
        Assert.Equal(StackError.NotWanted, await test.LastServed);
    }

    [Theory]
    [InlineData("null", "harness.echo", true)]
    [InlineData("true", "harness.denied", false)]
    [InlineData("""{"allow":true}""", "harness.denied", true)]
    [InlineData("""{"allow":true,"deny":["harness"]}""", "harness.echo", false)]
    [InlineData("""{"allow":["harness.denied"],"deny":null}""", "harness.denied", true)]
    [InlineData("""{"allow":[]}""", "harness.echo", false)]
    public async Task An_answer_of_auth_says_what_is_allowed(string answer, string method, bool isAllowed)
    {
        await using var test = new TestNode();
        test.Node.Hook("auth", (_, _) => ValueTask.FromResult(RpcValue.FromJson(JsonNode.Parse(answer))));
        await using var peer = await test.ConnectAsync();

        if (isAllowed)
            _ = await peer.CallAsync(method, [1], Token);
        else
            _ = await Assert.ThrowsAsync<RpcException>(async () => await peer.CallAsync(method, [1], Token));
    }
}
