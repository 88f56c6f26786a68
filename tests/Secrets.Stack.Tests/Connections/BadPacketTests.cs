namespace Secrets.Stack.Tests.Connections;

/// <summary>What peers that shook hands may send, and what becomes of it: nothing that others notice.</summary>
public class BadPacketTests
{
    private const byte Json = 2;
    private const byte StreamJson = 0x0a;
    private const byte StreamEnd = 0x0e;

    [Theory]
    [InlineData(Json, "null")]
    [InlineData(Json, "[]")]
    [InlineData((byte)0, "{}")]
    [InlineData((byte)1, "{}")]
    public async Task A_request_of_JSON_null_or_another_type_is_answered_with_an_error_and_the_connection_lives(byte flags, string body)
    {
        await using var test = new TestNode();
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendPacketAsync(flags, 1, body);
        Assert.Equal("""-1 end {"message":"invalid request, should be an object","name":"Error"}""", await raw.ReceiveAsync());
        await raw.SendPacketAsync(Json, 2, """{"name":["harness","echo"],"args":["still here"]}""");
        Assert.Equal("-2 \"still here\"", await raw.ReceiveAsync());
    }

    [Fact]
    public async Task Errors_hold_a_message_and_a_name_and_nothing_of_the_inside()
    {
        var plugin = new Plugin("bad")
        {
            ["call"] = Rpc.Async<RpcValue>(_ => throw new InvalidOperationException("/home/somebody/secret.db is locked")),
            ["stream"] = Rpc.Source(_ => ValueTask.FromException(new InvalidOperationException("/home/somebody/secret.db is locked"))),
        }.AllowAnonymous("call", "stream");
        await using var test = new TestNode(plugin: plugin);
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendPacketAsync(Json, 1, """{"name":["bad","call"],"args":[]}""");
        Assert.Equal("""-1 end {"message":"internal error","name":"Error"}""", await raw.ReceiveAsync());
        await raw.SendPacketAsync(StreamJson, 2, """{"name":["bad","stream"],"args":[],"type":"source"}""");
        Assert.Equal("""-2 stream end {"message":"internal error","name":"Error"}""", await raw.ReceiveAsync());
    }

    [Theory]
    [InlineData(Json, "{", StackError.BadJson)]
    [InlineData(StreamJson, "not json", StackError.BadJson)]
    [InlineData(StreamJson, "{\"\\ud800\":1,\"\\ud801\":2}", StackError.BadJson)]
    [InlineData((byte)3, "x", StackError.BadPacket)]
    public async Task What_isnt_a_packet_ends_its_connection_with_a_goodbye(byte flags, string body, StackError expected)
    {
        await using var test = new TestNode();
        await using var good = await test.ConnectAsync();
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendPacketAsync(flags, 1, body);
        Assert.Null(await raw.ReceiveAsync());
        Assert.True(raw.SawGoodbye);
        await raw.DisposeAsync();
        Assert.Equal(expected, await raw.Served);
        Assert.Equal("ok", (await good.CallAsync("harness.echo", ["ok"], TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task A_header_that_claims_4_GB_ends_its_connection_E_71()
    {
        await using var test = new TestNode();
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendAsync(raw.Seal(Convert.FromHexString("02ffffffff00000001")));
        Assert.Null(await raw.ReceiveAsync());
        await raw.DisposeAsync();
        Assert.Equal(StackError.PacketTooLarge, await raw.Served);
    }

    [Fact]
    public async Task A_changed_byte_cuts_the_connection_without_a_word_E_26()
    {
        await using var test = new TestNode();
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        var wire = raw.Seal("anything"u8.ToArray());
        wire[^1] ^= 1;
        await raw.SendAsync(wire);
        Assert.Null(await raw.ReceiveAsync());
        Assert.False(raw.SawGoodbye);
        Assert.Equal(StackError.BadBoxBody, await raw.Served);
    }

    [Fact]
    public async Task Unknown_numbers_flags_and_late_items_change_nothing()
    {
        await using var test = new TestNode();
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendPacketAsync(Json, -7, "1"); // an answer to nothing
        await raw.SendPacketAsync(Json, 0, "1"); // an emit of old
        await raw.SendPacketAsync(Json, int.MinValue, "1");
        await raw.SendPacketAsync(StreamJson, -9, "1"); // an item of a stream that isn't
        await raw.SendPacketAsync(StreamEnd, -9, "true");
        await raw.SendPacketAsync(StreamEnd, 5, "true"); // the end of a stream that isn't: answered
        Assert.Equal("-5 stream end true", await raw.ReceiveAsync());
        await raw.SendPacketAsync(0xf2, 6, """{"name":["harness","hello"],"args":["bob"],"type":"async","more":1}""");
        Assert.Equal("-6 Hello, bob.", await raw.ReceiveAsync());
        await raw.SendPacketAsync(StreamJson, 8, """{"name":["harness","count"],"args":[1],"type":"source"}""");
        Assert.Equal("-8 stream 0", await raw.ReceiveAsync());
        Assert.Equal("-8 stream end true", await raw.ReceiveAsync());
        await raw.SendPacketAsync(StreamJson, 8, "\"late\"");
        await raw.SendPacketAsync(StreamEnd, 8, "true");
        await raw.SendPacketAsync(Json, 10, """{"name":["harness","echo"],"args":[1]}""");
        Assert.Equal("-10 1", await raw.ReceiveAsync());
    }

    [Theory]
    [InlineData("""{"name":["harness","nope"],"args":[],"type":"source"}""", "method:harness,nope is not in list of allowed methods")]
    [InlineData("""{"name":["harness","denied"],"args":[],"type":"duplex"}""", "method:harness,denied is not in list of allowed methods")]
    [InlineData("""{"name":["harness","count"],"args":[],"type":"duplex"}""", "no duplex:harness,count")]
    [InlineData("""{"name":["harness","count"],"args":[],"type":"bogus"}""", "unsupported stream type")]
    [InlineData("""{"name":["harness","count"],"args":[]}""", "unsupported stream type")]
    [InlineData("null", "invalid request, should be an object")]
    [InlineData("17", "invalid request, should be an object")]
    public async Task A_refused_stream_ends_once_and_its_items_are_dropped(string request, string message)
    {
        await using var test = new TestNode();
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        await raw.SendPacketAsync(StreamJson, 1, request);
        await raw.SendPacketAsync(StreamJson, 1, "\"an item that was on the way\"");
        await raw.SendPacketAsync(StreamEnd, 1, "true");
        await raw.SendPacketAsync(Json, 2, """{"name":"manifest","args":[]}""");
        Assert.Equal($$"""-1 stream end {"message":"{{message}}","name":"Error"}""", await raw.ReceiveAsync());
        Assert.StartsWith("-2 {", await raw.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_calls_than_allowed_are_refused_and_more_streams_than_twice_that_end_the_connection_E_71()
    {
        await using var test = new TestNode(options => options.MaxOpenRequests = 3);
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        for (var id = 1; id <= 4; id++)
            await raw.SendPacketAsync(Json, id, """{"name":["harness","never"],"args":[]}""");
        Assert.Equal("""-4 end {"message":"too many open requests","name":"Error"}""", await raw.ReceiveAsync());
        for (var id = 5; id <= 11; id++)
            await raw.SendPacketAsync(StreamJson, id, """{"name":["harness","infinite"],"args":[],"type":"source"}""");
        for (var id = 5; id <= 10; id++)
            Assert.Equal($$"""-{{id}} stream end {"message":"too many open requests","name":"Error"}""", await raw.ReceiveAsync());
        Assert.Null(await raw.ReceiveAsync());
        await raw.DisposeAsync();
        Assert.Equal(StackError.TooManyRequests, await raw.Served);
    }

    [Fact]
    public async Task A_peer_that_asks_and_never_reads_is_cut_off_E_71()
    {
        await using var test = new TestNode(options => options.SendQueueSize = 4096);
        await using var raw = await RawPeer.ConnectAsync(test.Node, TestNode.AppKey);
        var body = $$"""{"name":["{{new string('x', 60)}}"],"args":[]}""";
        for (var id = 1; !raw.Served.IsCompleted && id < 100_000; id++)
            await raw.SendPacketAsync(Json, id, body);
        Assert.Equal(StackError.PeerNotReading, await raw.Served);
    }
}
