using System.Text.Json.Nodes;
using Secrets.Stack.Tests.Connections;

namespace Secrets.Stack.Tests.Plugins;

/// <summary>Methods that are defined once, for the plugin that serves them and for whoever calls them.</summary>
public class DefinitionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sides_of_a_defined_method_have_its_types_and_neither_its_name()
    {
        await using var test = new TestNode(options => options.Json = TickJson.Default, new WordsPlugin().Build());
        await using var peer = await test.ConnectAsync(options => options.Json = TickJson.Default);

        Assert.Equal("words", await Words.Name.CallAsync(peer, Token));
        Assert.Equal(5, await Words.Length.CallAsync(peer, "hello", Token));
        Assert.Equal("ababab", await Words.Repeat.CallAsync(peer, "ab", 3, Token));
        Assert.Equal(3, await Words.Size.CallAsync(peer, [1, 2, 3], Token));
        Assert.Equal(new Tick(8, "x"), await Words.Next.CallAsync(peer, new Tick(7, "x"), Token));
        Assert.Equal(["a", "b"], await Words.All.CallAsync(peer, Token).ToListAsync(Token));
        Assert.Equal([new Tick(0, "w"), new Tick(1, "w")], await Words.Ticks.CallAsync(peer, 2, Token).ToListAsync(Token));
        await Words.Learn.CallAsync(peer, new[] { "c" }.ToAsyncEnumerable(), Token);
        await Words.LearnAs.CallAsync(peer, "tagged", new[] { "d", "e" }.ToAsyncEnumerable(), Token);
        Assert.Equal(["a", "b", "c", "tagged:d", "tagged:e"], await Words.All.CallAsync(peer, Token).ToListAsync(Token));
        Assert.Equal([1, 2], await Words.Lengths.CallAsync(peer, new[] { "x", "yy" }.ToAsyncEnumerable(), Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_node_calls_its_own_methods_by_their_definition()
    {
        await using var test = new TestNode(options => options.Json = TickJson.Default, new WordsPlugin().Build());
        test.Node.Hook(Words.Length.Path, async (call, next) => RpcValue.FromJson(1 + (int)(await next(call)).Json!));

        Assert.Equal("words", await Words.Name.CallAsync(test.Node, Token));
        Assert.Equal(4, await Words.Length.CallAsync(test.Node, "abc", Token));
        Assert.Equal("zz", await Words.Repeat.CallAsync(test.Node, "z", 2, Token));
    }

    [Fact]
    public async Task Manifest_help_and_what_strangers_may_are_made_from_the_definitions()
    {
        await using var test = new TestNode(options => options.Json = TickJson.Default, new WordsPlugin().Build());
        await using var peer = await test.ConnectAsync();

        var manifest = await peer.CallAsync<JsonObject>("manifest", cancellationToken: Token);
        Assert.Equal(
            """{"name":"sync","length":"async","repeat":"sync","size":"sync","next":"sync","deep":{"all":"source","ticks":"source"},"learn":"sink","learnAs":"sink","lengths":"duplex","forget":"async"}""",
            manifest["words"]!.ToJsonString());
        var help = await peer.CallAsync<JsonObject>("help", cancellationToken: Token);
        Assert.Equal(
            """{"type":"sync","description":"Says it again.","args":{"word":{"type":"string","description":"what"},"times":{"type":"number","description":"how often"}}}""",
            help["commands"]!["words.repeat"]!.ToJsonString());
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Words.Forget.CallAsync(peer, Token));
        Assert.Equal("method:words,forget is not in list of allowed methods", refused.Message);
    }

    [Fact]
    public void A_definition_that_cant_be_is_a_mistake_where_it_is_made()
    {
        _ = Assert.Throws<ArgumentException>(() => new CallDefinition<int>("no path"));
        _ = Assert.Throws<ArgumentException>(() => new CallDefinition<int, int, int>("a.b", "two", ("only", "one")));
        var other = new CallDefinition<int>("other.method").ServeSync(_ => 1);
        _ = Assert.Throws<ArgumentException>(() => new Plugin("words").Add(other));
        _ = Assert.Throws<ArgumentException>(() => new Plugin("other.").Add(other));
        _ = Assert.Throws<ArgumentException>(() => new Plugin("other").Add(other, other));
        _ = Assert.Throws<ArgumentException>(() => new Plugin("words").Add(Rpc.Sync(_ => 1)));
        _ = Assert.Throws<ArgumentException>(() => new Plugin("othe").Add(other));
        _ = Assert.Throws<ArgumentException>(() => new Plugin("words").AllowAnonymous(new CallDefinition<int>("other.method")));
        _ = new Plugin("").Add(other);
    }

    private static class Words
    {
        public static readonly CallDefinition<string> Name = new("words.name");
        public static readonly CallDefinition<string, int> Length = new("words.length", "How long it is.", ("word", "any"));
        public static readonly CallDefinition<string, int, string> Repeat = new("words.repeat", "Says it again.", ("word", "what"), ("times", "how often"));
        public static readonly CallDefinition<byte[], int> Size = new("words.size");
        public static readonly CallDefinition<Tick, Tick> Next = new("words.next");
        public static readonly SourceDefinition<string> All = new("words.deep.all");
        public static readonly SourceDefinition<int, Tick> Ticks = new("words.deep.ticks");
        public static readonly SinkDefinition<string> Learn = new("words.learn");
        public static readonly SinkDefinition<string, string> LearnAs = new("words.learnAs");
        public static readonly DuplexDefinition<string, int> Lengths = new("words.lengths");
        public static readonly CallDefinition<bool> Forget = new("words.forget");
    }

    private sealed class WordsPlugin : IStackPlugin
    {
        private readonly List<string> _words = ["a", "b"];

        public Plugin Build() => new Plugin("words")
            .Add(
                Words.Name.ServeSync(_ => "words"),
                Words.Length.Serve((word, _) => ValueTask.FromResult(word.Length)),
                Words.Repeat.ServeSync((word, times, _) => string.Concat(Enumerable.Repeat(word, times))),
                Words.Size.ServeSync((bytes, _) => bytes.Length),
                Words.Next.ServeSync((tick, _) => tick with { Number = tick.Number + 1 }),
                Words.All.Serve(_ => _words.ToAsyncEnumerable()),
                Words.Ticks.Serve((count, _) => Enumerable.Range(0, count).Select(i => new Tick(i, "w")).ToAsyncEnumerable()),
                Words.Learn.Serve(async (items, call) => _words.AddRange(await items.ToListAsync(call.CancellationToken))),
                Words.LearnAs.Serve(async (tag, items, call) => _words.AddRange(await items.Select(item => $"{tag}:{item}").ToListAsync(call.CancellationToken))),
                Words.Lengths.Serve((items, _) => items.Select(item => item.Length)),
                Words.Forget.Serve(_ => ValueTask.FromResult(true)).Within(TimeSpan.FromSeconds(1)))
            .AllowAnonymous(Words.Name, Words.Length, Words.Repeat, Words.Size, Words.Next, Words.All, Words.Ticks, Words.Learn, Words.LearnAs, Words.Lengths);
    }
}
