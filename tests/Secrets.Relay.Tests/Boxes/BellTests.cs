using System.Text.Json.Nodes;
using Secrets.Relay.Tests.Support;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Boxes;

/// <summary>The bell as a client hears it (decision 9).</summary>
public sealed class BellTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private TestRelay _relay = null!;
    private RelayClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _relay = await TestRelay.StartAsync(options => options with { Clock = _clock });
        _client = await RelayClient.ConnectAsync(_relay.Host);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact]
    public async Task A_written_box_is_in_the_next_bell_and_every_bell_has_sixteen_prefixes_at_least()
    {
        await using var bells = await _client.Peer.OpenSourceAsync(BoxesNetwork.BellMethod, new JsonArray(0));
        using var box = new TestBox();
        _ = await _client.WriteAsync(box);

        var bell = await RingAsync(bells);
        var next = await RingAsync(bells);

        Assert.True(bell.MayHave(box.Address));
        Assert.Equal(Bell.MinCount, bell.Prefixes.Length);
        Assert.False(next.MayHave(box.Address));
        Assert.Equal(Bell.MinCount, next.Prefixes.Length);
    }

    [Fact]
    public async Task A_chain_goes_on_from_the_number_that_is_asked_for()
    {
        var chain = new BellChain(_relay.Host.Core.PublicKey);
        await using (var bells = await _client.Peer.OpenSourceAsync(BoxesNetwork.BellMethod, new JsonArray(0)))
        {
            Assert.Equal(BellError.Gap, chain.TryAppend(await RingAsync(bells)));
            Assert.Equal(BellError.None, chain.TryAppend(await RingAsync(bells)));
        }
        using var box = new TestBox();
        _ = await _client.WriteAsync(box);
        for (var i = 0; i < 20; i++)
            _clock.Advance(TimeSpan.FromSeconds(2));

        await using var later = await _client.Peer.OpenSourceAsync(BoxesNetwork.BellMethod, new JsonArray(chain.LastNumber + 1));
        var first = await ReadAsync(later);

        Assert.Equal(BellError.None, chain.TryAppend(first));
        Assert.True(first.MayHave(box.Address));
    }

    [Fact]
    public async Task After_a_restart_the_numbers_go_up_and_the_gap_shows()
    {
        var chain = new BellChain(_relay.Host.Core.PublicKey);
        await using (var bells = await _client.Peer.OpenSourceAsync(BoxesNetwork.BellMethod, new JsonArray(0)))
            _ = chain.TryAppend(await RingAsync(bells));
        _clock.Set(TimeSpan.FromDays(-9));
        await _relay.RestartAsync();

        await using var client = await RelayClient.ConnectAsync(_relay.Host);
        await using var again = await client.Peer.OpenSourceAsync(BoxesNetwork.BellMethod, new JsonArray(chain.LastNumber + 1));

        Assert.Equal(BellError.Gap, chain.TryAppend(await RingAsync(again)));
    }

    [Fact]
    public async Task The_manifest_is_signed_and_names_the_terms()
    {
        var value = await _client.CallAsync(BoxesNetwork.ManifestMethod);

        Assert.Equal(ManifestError.None, RelayManifest.TryRead(value.Binary.Span, _relay.Host.Id, out var manifest));
        Assert.Equal(21, manifest!.Terms.LimitDays);
        Assert.Equal(2_000, manifest.Terms.BellIntervalMilliseconds);
        Assert.False(manifest.Terms.IsClosed);
    }

    private async Task<Bell> RingAsync(RpcDuplex bells)
    {
        _clock.Advance(TimeSpan.FromSeconds(2));
        return await ReadAsync(bells);
    }

    private async Task<Bell> ReadAsync(RpcDuplex bells)
    {
        using var item = await bells.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(BellError.None, Bell.TryRead(item!.Value.Body.Span, _relay.Host.Id, out var bell));
        return bell!;
    }
}
