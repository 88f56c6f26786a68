using Secrets.Crypto;
using Secrets.Relay.Tests.Support;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Boxes;

/// <summary>A relay over its own wire: what clients get for reads, writes, deletes, waiting and rubbish.</summary>
public sealed class CellTests : IAsyncLifetime
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

    [Theory]
    [InlineData(StackTransport.Tcp, BoxClass.Small)]
    [InlineData(StackTransport.Tcp, BoxClass.Large)]
    [InlineData(StackTransport.WebSocket, BoxClass.Small)]
    [InlineData(StackTransport.WebSocket, BoxClass.Large)]
    public async Task A_box_that_one_writes_another_reads(StackTransport transport, BoxClass boxClass)
    {
        await using var writer = await RelayClient.ConnectAsync(_relay.Host, transport);
        using var box = new TestBox(boxClass);

        var written = await writer.WriteAsync(box);
        var read = await _client.ReadAsync(box);

        Assert.Equal(BoxStatus.Ok, written.Status);
        Assert.Equal(BoxStatus.Ok, read.Status);
        Assert.Equal(box.Body, read.Body);
        Assert.Equal(box.Sealed.Signature, read.Signature);
    }

    [Fact]
    public async Task E37_Hit_miss_and_every_outcome_of_a_write_have_one_length()
    {
        using var box = new TestBox();
        using var missing = new TestBox();

        int[] lengths =
        [
            (await _client.WriteAsync(box)).Length,
            (await _client.WriteAsync(box)).Length,
            (await _client.AskAsync(RelayClient.WriteCell(box.Seal(TestBox.RandomBody(BoxClass.Small))))).Length,
            (await _client.ReadAsync(box)).Length,
            (await _client.ReadAsync(missing)).Length,
            (await _client.DeleteAsync(box)).Length,
            (await _client.ReadAsync(box)).Length,
        ];

        Assert.All(lengths, length => Assert.Equal(BoxClass.Small.CellSize, length));
    }

    [Fact]
    public async Task A_miss_is_filled_with_random_bytes()
    {
        using var box = new TestBox();

        var first = await _client.ReadAsync(box);
        var second = await _client.ReadAsync(box);

        Assert.Equal(BoxStatus.None, first.Status);
        Assert.NotEqual(first.Body, second.Body);
        Assert.NotEqual(new byte[first.Body.Length], first.Body);
    }

    [Fact]
    public async Task On_the_direct_route_heads_alone_are_answered_with_heads()
    {
        using var box = new TestBox();

        var miss = await _client.AskAsync(RelayClient.ReadCell(box.Address, isShort: true));
        var written = await _client.AskAsync(RelayClient.WriteCell(box.Sealed, allowShortAnswer: true));
        var hit = await _client.AskAsync(RelayClient.ReadCell(box.Address, isShort: true));

        Assert.Equal(Cell.HeadSize, miss.Length);
        Assert.Equal(Cell.HeadSize, written.Length);
        Assert.Equal(box.Body, hit.Body);
    }

    [Fact]
    public async Task A_second_content_is_answered_with_the_box_that_is_there()
    {
        // decision 14
        using var box = new TestBox();
        _ = await _client.WriteAsync(box);

        var answer = await _client.AskAsync(RelayClient.WriteCell(box.Seal(TestBox.RandomBody(BoxClass.Small))));

        Assert.Equal(BoxStatus.Occupied, answer.Status);
        Assert.Equal(box.Body, answer.Body);
        Assert.Equal(box.Sealed.Signature, answer.Signature);
    }

    [Fact]
    public async Task A_deleted_box_is_answered_with_the_delete_and_cannot_come_back()
    {
        // decision 13
        using var box = new TestBox();
        _ = await _client.WriteAsync(box);

        var deleted = await _client.DeleteAsync(box);
        var read = await _client.ReadAsync(box);
        var again = await _client.WriteAsync(box);

        Assert.Equal(BoxStatus.Ok, deleted.Status);
        Assert.Equal(BoxStatus.Deleted, read.Status);
        Assert.Equal(box.Tombstone.Signature, read.Signature);
        Assert.Equal(BoxStatus.Deleted, again.Status);
    }

    [Fact]
    public async Task E21_A_write_or_delete_without_a_valid_signature_is_refused_and_changes_nothing()
    {
        using var box = new TestBox();
        using var other = new TestBox();
        var forged = RelayClient.WriteCell(box.Sealed);
        forged[^1] ^= 1;
        var moved = RelayClient.WriteCell(other.Sealed);
        box.Address.Bytes.CopyTo(moved.AsSpan(4));
        var smallOrder = RelayClient.WriteCell(box.Sealed);
        smallOrder.AsSpan(4, 32).Clear();
        smallOrder[4] = 1;
        var undeleted = RelayClient.DeleteCell(new Tombstone(box.Address, other.Tombstone.Signature));

        foreach (var cell in (byte[][])[forged, moved, smallOrder, undeleted])
            Assert.Equal(BoxStatus.Refused, (await _client.AskAsync(cell)).Status);
        Assert.Equal(BoxStatus.None, (await _client.ReadAsync(box)).Status);
    }

    [Fact]
    public async Task A_waiting_read_is_answered_when_the_box_comes()
    {
        // decision 9
        await using var writer = await RelayClient.ConnectAsync(_relay.Host);
        using var box = new TestBox();
        await _client.SendAsync(RelayClient.ReadCell(box.Address, wait: 250));
        await WaitForWaitingAsync(1);

        _ = await writer.WriteAsync(box);

        var answer = await _client.NextAsync();
        Assert.Equal(BoxStatus.Ok, answer.Status);
        Assert.Equal(box.Body, answer.Body);
        Assert.Equal(0, _relay.Host.Core.WaitingReadCount);
    }

    [Fact]
    public async Task A_waiting_read_ends_with_its_time_and_looks_like_any_miss()
    {
        using var box = new TestBox();
        await _client.SendAsync(RelayClient.ReadCell(box.Address, wait: 30));
        await WaitForWaitingAsync(1);

        _clock.Advance(TimeSpan.FromSeconds(31));

        var answer = await _client.NextAsync();
        Assert.Equal(BoxStatus.None, answer.Status);
        Assert.Equal(BoxClass.Small.CellSize, answer.Length);
        Assert.Equal(0, _relay.Host.Core.WaitingReadCount);
    }

    [Fact]
    public async Task A_waiting_read_for_what_is_there_is_answered_at_once_and_a_delete_wakes_too()
    {
        using var box = new TestBox();
        using var deleted = new TestBox();
        _ = await _client.WriteAsync(box);

        Assert.Equal(BoxStatus.Ok, (await _client.ReadAsync(box, wait: 200)).Status);
        await _client.SendAsync(RelayClient.ReadCell(deleted.Address, wait: 200));
        await WaitForWaitingAsync(1);
        await using var writer = await RelayClient.ConnectAsync(_relay.Host);
        _ = await writer.DeleteAsync(deleted);

        Assert.Equal(BoxStatus.Deleted, (await _client.NextAsync()).Status);
    }

    [Fact]
    public async Task A_waiting_read_leaves_nothing_behind_when_its_connection_goes()
    {
        using var box = new TestBox();
        await _client.SendAsync(RelayClient.ReadCell(box.Address, wait: 250), RelayClient.ReadCell(box.Address, wait: 250));
        await WaitForWaitingAsync(2);

        await _client.DisposeAsync();

        await WaitForWaitingAsync(0);
    }

    [Fact]
    public async Task Many_cells_in_one_item_are_all_answered()
    {
        var boxes = Enumerable.Range(0, 25).Select(_ => new TestBox()).ToArray();

        await _client.SendAsync([.. boxes.Select(box => RelayClient.WriteCell(box.Sealed))]);
        var answers = await _client.NextAsync(boxes.Length);

        Assert.All(answers, answer => Assert.Equal(BoxStatus.Ok, answer.Status));
        Assert.Equal(boxes.Select(box => box.Address).ToHashSet(), answers.Select(answer => answer.Address).ToHashSet());
    }

    [Fact]
    public async Task Rubbish_ends_its_own_stream_and_troubles_nobody_else()
    {
        await using var other = await RelayClient.ConnectAsync(_relay.Host);
        using var box = new TestBox();
        _ = await _client.WriteAsync(box);
        var random = new byte[5_000];
        for (var i = 0; i < 60; i++)
        {
            await using var stream = await other.Peer.OpenDuplexAsync(BoxesNetwork.CellsMethod);
            RandomSource.System.Fill(random);
            if (i % 2 == 0)
                random[0] = (byte)(1 + (i % 3));
            await stream.SendAsync(random.AsMemory(0, 1 + (i * 80)));
            _ = await Assert.ThrowsAnyAsync<Exception>(async () => await stream.ReadAsync());
        }

        Assert.Equal(BoxStatus.Ok, (await _client.ReadAsync(box)).Status);
        Assert.Equal(BoxStatus.Ok, (await other.ReadAsync(box)).Status);
    }

    [Fact]
    public async Task Boxes_and_waits_survive_a_restart_as_far_as_they_should()
    {
        using var box = new TestBox();
        _ = await _client.WriteAsync(box);
        var address = _relay.Host.Address.Key;

        await _relay.RestartAsync();

        Assert.Equal(address, _relay.Host.Address.Key);
        await using var client = await RelayClient.ConnectAsync(_relay.Host);
        Assert.Equal(box.Body, (await client.ReadAsync(box)).Body);
    }

    private async Task WaitForWaitingAsync(int count)
    {
        for (var i = 0; i < 2_000 && _relay.Host.Core.WaitingReadCount != count; i++)
            await Task.Delay(5);
        Assert.Equal(count, _relay.Host.Core.WaitingReadCount);
    }
}
