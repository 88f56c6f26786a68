using System.Text.Json.Nodes;
using Secrets.Client.Api;
using Secrets.Client.Events;
using Secrets.Client.Tests.Support;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Client.Tests.Api;

/// <summary>The commands and events of an identity, called by another program. Spec: docs/protocol/api.md.</summary>
public sealed class ApiPluginTests
{
    [Fact]
    public async Task A_program_makes_a_chat_says_something_and_reads_it()
    {
        var (world, daemon) = await ApiWorld.StartWithMasterAsync();
        await using var ending = world;

        Assert.Equal("Alice", (string?)(await ApiWorld.CallAsync(daemon, "identity.show"))!["name"]);
        var chat = (string?)(await ApiWorld.CallAsync(daemon, "chats.create", new JsonObject { ["name"] = "Lunch", ["days"] = 3 }))!["id"];
        Assert.Equal(32, chat!.Length);
        Assert.Equal("Lunch", (string?)Assert.Single((await ApiWorld.CallAsync(daemon, "chats.list"))!.AsArray())!["name"]);
        var said = (await ApiWorld.CallAsync(daemon, "messages.send", new JsonObject { ["chat"] = chat, ["text"] = "Noodles\u0020at one? \u8c46\u8150" }))!;
        Assert.Equal(("waiting", true), ((string?)said["state"], (bool)said["own"]!));
        Assert.Null(await ApiWorld.CallAsync(daemon, "chats.rename", new JsonObject { ["chat"] = chat, ["name"] = "Dinner" }));
        Assert.Equal("Dinner", (string?)(await ApiWorld.CallAsync(daemon, "chats.show", new JsonObject { ["chat"] = chat }))!["name"]);
        var page = (await ApiWorld.CallAsync(daemon, "messages.page", new JsonObject { ["chat"] = chat, ["before"] = null, ["count"] = 10 }))!.AsArray();
        Assert.Equal("Noodles at one? \u8c46\u8150", (string?)Assert.Single(page)!["text"]);
    }

    [Fact]
    public async Task Every_command_without_bytes_is_a_method_with_a_sentence_about_it_and_the_password_is_not()
    {
        var (world, daemon) = await ApiWorld.StartWithMasterAsync();
        await using var ending = world;

        var manifest = (await ApiWorld.CallAsync(daemon, "manifest"))!.AsObject();
        var commands = (await ApiWorld.CallAsync(daemon, "help"))!["commands"]!.AsObject();

        foreach (var command in ClientApi.Commands.Values.Where(command => command.Name != "identity.password"))
        {
            Assert.Equal("async", (string?)command.Name.Split('.').Aggregate((JsonNode?)manifest, (node, name) => node![name]));
            Assert.Equal(command.Teaches, (string?)commands[command.Name]!["description"]);
            Assert.EndsWith(".", command.Teaches, StringComparison.Ordinal);
            Assert.All(command.Fields, field => Assert.Contains(field, (string)commands[command.Name]!["args"]!["arguments"]!["description"]!, StringComparison.Ordinal));
        }
        Assert.Equal("source", (string?)manifest["events"]);
        Assert.Equal(["show", "rename"], manifest["identity"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal("no async:identity,password", (await ApiWorld.RefusedAsync(daemon, "identity.password", new JsonObject { ["old"] = "correct", ["new"] = "other" })).Message);
    }

    [Fact]
    public async Task A_refusal_has_the_name_of_its_error_and_a_sentence()
    {
        var (world, daemon) = await ApiWorld.StartWithMasterAsync();
        await using var ending = world;

        var unknown = await ApiWorld.RefusedAsync(daemon, "chats.show", new JsonObject { ["chat"] = new string('0', 32) });
        var mistyped = await ApiWorld.RefusedAsync(daemon, "chats.join", new JsonObject { ["secret"] = "secret1", ["name"] = "Bob", ["direct"] = true, ["allow_other_relays"] = false });

        Assert.Equal(("unknown_chat", "There is no such chat."), (unknown.Name, unknown.Message));
        Assert.Equal("secret_mistyped", mistyped.Name);
        Assert.Equal(ApiError.Names, ApiError.Sentences.Keys);
        Assert.All(ApiError.Sentences.Values, sentence => Assert.Matches("^[A-Z].+[.]$", sentence));
    }

    [Theory]
    [InlineData("""["chat"]""")]
    [InlineData("[1]")]
    [InlineData("""[{"chat":"00000000000000000000000000000000","text":"a"},{}]""")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("""[{"chat":"00000000000000000000000000000000"}]""")]
    [InlineData("""[{"chat":"00000000000000000000000000000000","text":null}]""")]
    [InlineData("""[{"chat":"0000","text":"a"}]""")]
    [InlineData("""[{"chat":"00000000000000000000000000000000","text":"a","loud":true}]""")]
    public async Task Arguments_that_are_not_the_commands_are_refused_with_the_names_that_it_wants(string arguments)
    {
        var (world, daemon) = await ApiWorld.StartWithMasterAsync();
        await using var ending = world;

        var refusal = await ApiWorld.RefusedAsync(daemon, "messages.send", JsonNode.Parse(arguments)!.AsArray());

        Assert.Equal("bad_command", refusal.Name);
        Assert.Equal("This takes one argument, an object with chat, text, each of its type, and nothing else.", refusal.Message);
    }

    [Fact]
    public async Task A_command_that_takes_nothing_says_so()
    {
        var (world, daemon) = await ApiWorld.StartWithMasterAsync();
        await using var ending = world;

        var refusal = await ApiWorld.RefusedAsync(daemon, "chats.list", new JsonObject { ["all"] = true });

        Assert.Equal(("bad_command", "This takes no arguments."), (refusal.Name, refusal.Message));
        Assert.Empty((await ApiWorld.CallAsync(daemon, "chats.list", []))!.AsArray());
    }

    [Fact]
    public async Task Events_begin_with_a_word_after_which_nothing_is_missed_and_end_in_peace_with_the_identity()
    {
        var (world, daemon) = await ApiWorld.StartWithMasterAsync();
        await using var ending = world;
        await using var events = daemon.SourceAsync<JsonObject>("events", [], TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal("""{"kind":"listening","time":null,"chat":null,"message":null,"relay":null,"call":null,"call_step":null}""", events.Current.ToJsonString());
        _ = await ApiWorld.CallAsync(daemon, "chats.create", new JsonObject { ["name"] = "Lunch", ["days"] = 3 });
        do
            Assert.True(await events.MoveNextAsync());
        while ((string?)events.Current["kind"] == "relay_lost");
        Assert.Equal("chat_added", (string?)events.Current["kind"]);
        Assert.Equal("Lunch", (string?)events.Current["chat"]!["name"]);
        Assert.Equal(["kind", "time", "chat", "message", "relay", "call", "call_step"], events.Current.Select(pair => pair.Key));

        await world.CloseIdentityAsync();

        while (await events.MoveNextAsync())
            Assert.NotNull(events.Current["kind"]);
        Assert.Equal("not_open", (await ApiWorld.RefusedAsync(daemon, "chats.list")).Name);
    }

    [Fact]
    public async Task A_reader_that_does_not_keep_up_is_told_and_holds_up_nobody()
    {
        var (world, daemon) = await ApiWorld.StartWithMasterAsync();
        await using var ending = world;
        await using var events = await daemon.OpenSourceAsync("events", [], TestContext.Current.CancellationToken);
        using (await events.ReadAsync(TestContext.Current.CancellationToken))
        {
            // it listens, and reads nothing more
        }
        var chat = await world.Client.CreateChatAsync("Lunch", TimeSpan.FromDays(1), TestContext.Current.CancellationToken);

        // far more than are kept, beyond what is on the line
        for (var i = 0; i < 20 * ApiPlugin.Backlog; i++)
            world.Client.EngineForTestsOnly.Events.Publish(new ClientEvent { Kind = ClientEventKind.ChatChanged, Time = DateTimeOffset.UnixEpoch, Chat = chat });

        Assert.Equal("Lunch", (string?)Assert.Single((await ApiWorld.CallAsync(daemon, "chats.list"))!.AsArray())!["name"]);
        var read = 0;
        var end = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await events.ReadAsync(TestContext.Current.CancellationToken) is { } item)
            {
                item.Dispose();
                read++;
            }
        });
        Assert.Equal(("too_slow", ApiPlugin.TooSlowSentence), (end.Name, end.Message));
        Assert.InRange(read, 1, (20 * ApiPlugin.Backlog) - 1);
        // and is taken in again
        await foreach (var first in daemon.SourceAsync<JsonObject>("events", [], TestContext.Current.CancellationToken))
        {
            Assert.Equal("listening", (string?)first["kind"]);
            break;
        }
    }

    [Fact]
    public async Task A_program_that_may_call_two_methods_gets_no_third_and_no_events()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        await using var world = await ApiWorld.StartAsync((keys, StackPermissions.Allow("chats.list", "messages")));
        var daemon = await world.ConnectAsync(keys);

        Assert.Empty((await ApiWorld.CallAsync(daemon, "chats.list"))!.AsArray());
        Assert.Equal("unknown_chat", (await ApiWorld.RefusedAsync(daemon, "messages.page", new JsonObject { ["chat"] = new string('0', 32), ["before"] = null, ["count"] = 1 })).Name);
        foreach (var method in new[] { "identity.rename", "chats.delete", "chats.create", "sync" })
            Assert.Contains("not in list of allowed methods", (await ApiWorld.RefusedAsync(daemon, method)).Message, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await daemon.SourceAsync<JsonObject>("events").FirstAsync(TestContext.Current.CancellationToken));
        Assert.Contains("not in list of allowed methods", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Alice", (await world.Client.GetIdentityAsync(TestContext.Current.CancellationToken)).Name);
    }

    [Fact]
    public async Task Whom_nobody_named_may_call_nothing()
    {
        await using var world = await ApiWorld.StartAsync();
        var daemon = await world.ConnectAsync();

        foreach (var method in ApiPlugin.Methods)
            Assert.Contains("not in list of allowed methods", (await ApiWorld.RefusedAsync(daemon, method)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_no_item_can_hold_is_refused_by_name()
    {
        var (world, daemon) = await ApiWorld.StartWithMasterAsync();
        await using var ending = world;
        // 600 chats, each with a long name of three bytes a sign, are far below it; so what is too long is made by hand
        var command = ApiCommand<SecretsClient>.Gives("large", "Large.", ApiJson.Default.NoArguments, ApiJson.Default.WordsView, (_, _, _) =>
            ValueTask.FromResult(new Secrets.Client.Hosting.WordsView { Text = new string('a', ApiNetwork.MaxItemSize) }));

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await ApiPlugin.AnswerAsync(world.Client, command, [], TestContext.Current.CancellationToken));

        Assert.Equal("too_large", refusal.Name);
        Assert.NotNull(await ApiWorld.CallAsync(daemon, "chats.list"));
    }
}
