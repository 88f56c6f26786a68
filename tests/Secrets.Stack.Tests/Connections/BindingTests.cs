using Secrets.Crypto;

namespace Secrets.Stack.Tests.Connections;

/// <summary>The value that binds a proof to one connection.</summary>
public sealed class BindingTests
{
    [Fact]
    public async Task Both_sides_of_a_connection_have_one_value_and_no_other_connection_has_it()
    {
        var seen = new List<Hash256>();
        var plugin = new Plugin("binding")
        {
            ["note"] = Rpc.Async(call =>
            {
                seen.Add(call.Peer.Binding);
                return ValueTask.FromResult(true);
            }),
        }.AllowAnonymous("note");
        await using var test = new TestNode(plugin: plugin);
        using var keys = StackKeys.Generate(RandomSource.System);
        var client = test.Client(keys: keys);

        // the same two keys, one connection after the other
        var own = new List<Hash256>();
        for (var i = 0; i < 2; i++)
        {
            await using var peer = await client.ConnectAsync(test.Address);
            _ = await peer.CallAsync("binding.note", cancellationToken: TestContext.Current.CancellationToken);
            own.Add(peer.Binding);
        }

        Assert.Equal(own, seen);
        Assert.NotEqual(own[0], own[1]);
        Assert.DoesNotContain(default, own);
    }
}
