using Secrets.Relay.Tests.Support;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Hosting;

/// <summary>What the relay holds for clients that don't take their answers. Alone, as it looks at what the whole process allocates.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const int Waiting = 20_000;
    private const int Connections = 4;

    [Fact]
    public async Task A_box_that_many_wait_for_is_held_once()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Limits = Generous(options.Limits) });
        await using var writer = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox();
        var readers = await WaitAsync(relay, box.Address);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        Assert.Equal(BoxStatus.Ok, (await writer.WriteAsync(box)).Status);
        await UntilAsync(() => relay.Host.Core.WaitingReadCount == 0);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, (long)Waiting * box.Body.Length / 4);
        Assert.Equal(box.Body.Length, relay.Host.Core.HeldByteCount);
        foreach (var reader in readers)
            await reader.DisposeAsync();
        await UntilAsync(() => relay.Host.Core.HeldByteCount == 0);
    }

    [Fact]
    public async Task Who_takes_no_answers_for_a_minute_loses_the_stream_and_what_was_held_for_it()
    {
        var clock = new ManualClock();
        await using var relay = await TestRelay.StartAsync(options => options with { Clock = clock, Limits = Generous(options.Limits) });
        await using var writer = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox();
        var readers = await WaitAsync(relay, box.Address);
        _ = await writer.WriteAsync(box);
        await UntilAsync(() => relay.Host.Core.WaitingReadCount == 0);
        Assert.NotEqual(0, relay.Host.Core.HeldByteCount);

        // where the sending is at when the clock goes is not known: it goes in steps, and less far than idle connections may be old
        for (var i = 0; i < 100 && relay.Host.Core.HeldByteCount > 0; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(20);
        }

        Assert.Equal(0, relay.Host.Core.HeldByteCount);
        Assert.Equal(BoxStatus.Ok, (await writer.ReadAsync(box)).Status);
        Assert.Equal(1 + Connections, relay.Host.Core.ConnectionCount);
        foreach (var reader in readers)
            await reader.DisposeAsync();
    }

    [Fact]
    public async Task Answers_that_there_is_no_room_for_are_taken_from_the_store_and_are_the_same()
    {
        await using var relay = await TestRelay.StartAsync(options => options with { Limits = options.Limits with { MaxBytes = 1 } });
        await using var reader = await RelayClient.ConnectAsync(relay.Host);
        await using var writer = await RelayClient.ConnectAsync(relay.Host);
        using var box = new TestBox();
        using var large = new TestBox(BoxClass.Large);
        await reader.SendAsync(RelayClient.ReadCell(box.Address, wait: 250), RelayClient.ReadCell(box.Address, BoxClass.Large, wait: 250));
        await UntilAsync(() => relay.Host.Core.WaitingReadCount == 2);

        Assert.Equal(BoxStatus.Ok, (await writer.WriteAsync(box)).Status);
        var answers = await reader.NextAsync(2);
        Assert.Equal(box.Body, answers.Single(answer => answer.Class is BoxClass.Small).Body);
        Assert.Equal(BoxStatus.None, answers.Single(answer => answer.Class is BoxClass.Large).Status);
        Assert.Equal(box.Body, (await reader.ReadAsync(box)).Body);
        _ = await writer.WriteAsync(large);
        Assert.Equal(large.Body, (await reader.ReadAsync(large)).Body);
        var occupied = await writer.AskAsync(RelayClient.WriteCell(box.Seal(TestBox.RandomBody(BoxClass.Small))));
        Assert.Equal((BoxStatus.Occupied, box.Sealed.Signature), (occupied.Status, occupied.Signature));
        Assert.Equal(box.Body, occupied.Body);
        Assert.Equal(BoxStatus.Ok, (await writer.DeleteAsync(box)).Status);
        Assert.Equal(BoxStatus.Deleted, (await reader.ReadAsync(box)).Status);
        Assert.Equal(BoxStatus.Deleted, (await writer.WriteAsync(box)).Status);
        Assert.Equal(0, relay.Host.Core.HeldByteCount);
    }

    private static RelayLimits Generous(RelayLimits limits)
    {
        var fast = new RateLimit(1_000_000, 1_000_000);
        return limits with { Connection = fast, Network = fast, Relay = fast, MaxWaitingPerConnection = Waiting };
    }

    // short reads, an item full of them at a time; nobody takes the answers
    private static async Task<RelayClient[]> WaitAsync(TestRelay relay, BoxAddress address)
    {
        const int PerItem = 250;
        var readers = new RelayClient[Connections];
        var item = Enumerable.Repeat(RelayClient.ReadCell(address, wait: 250, isShort: true), PerItem).ToArray();
        for (var i = 0; i < Connections; i++)
        {
            readers[i] = await RelayClient.ConnectAsync(relay.Host);
            for (var sent = 0; sent < Waiting / Connections; sent += PerItem)
                await readers[i].SendAsync(item);
        }
        await UntilAsync(() => relay.Host.Core.WaitingReadCount == Waiting);
        return readers;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 4_000 && !isSo(); i++)
            await Task.Delay(5);
        Assert.True(isSo());
    }
}
