using System.Text.Json.Nodes;
using Secrets.Console.Tests.Support;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Console.Tests;

/// <summary>An identity offered to programs: who gets in, what they may call, how it begins and ends. Spec: docs/protocol/api.md §4.</summary>
public sealed class DaemonTests
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task A_program_of_the_same_person_finds_the_way_in_and_the_daemon_ends_with_an_interrupt()
    {
        await using var world = await MakeAsync();
        await using var daemon = await TestDaemon.StartAsync(world, "alice");
        await using (var program = await daemon.ConnectAsync())
        {
            Assert.Equal("Alice", (string?)(await program.CallAsync("identity.show"))!["name"]);
            await using var events = program.Daemon.SourceAsync<JsonObject>("events").GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            Assert.Equal("listening", (string?)events.Current["kind"]);

            var folder = Path.Combine(world["alice"], "daemon");
            Assert.Equal(OwnFile | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            Assert.Equal(["api.sock", "connect.json", "daemon.key"], Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
            Assert.All(Directory.EnumerateFiles(folder), path => Assert.Equal(OwnFile, File.GetUnixFileMode(path)));

            // with a program that listens
            Assert.Equal((0, ""), await daemon.EndAsync());
            while (await events.MoveNextAsync())
                Assert.NotNull(events.Current["kind"]);
            Assert.Equal(StackError.Closed, await program.Daemon.Completion);
            Assert.False(File.Exists(Path.Combine(folder, "api.sock")));
        }
        Assert.Equal(0, (await world.TypeAsync("chat list --store alice", "pw")).Code);
    }

    [Fact]
    public async Task Keys_last_and_go_with_the_identity_and_no_export_has_them()
    {
        await using var world = await MakeAsync();
        JsonNode before;
        await using (var daemon = await TestDaemon.StartAsync(world, "alice"))
        {
            before = daemon.Connect;
            Assert.Equal((0, ""), await daemon.EndAsync("TERM"));
        }
        Directory.CreateDirectory(Path.Combine(world["alice"], "daemon")).UnixFileMode = OwnFile | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        await using (var daemon = await TestDaemon.StartAsync(world, "alice"))
        {
            Assert.Equal(before.ToJsonString(), daemon.Connect.ToJsonString());
            Assert.Equal(OwnFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(world["alice"], "daemon")));
            _ = await daemon.EndAsync();
        }

        // the store is opened, packed and exported as if the folder were not there
        Assert.Equal(0, (await world.TypeAsync("identity export alice.s2 --store alice", "pw")).Code);
        Assert.Equal(0, (await world.TypeAsync("identity import alice.s2 --store laptop", "pw")).Code);
        Assert.False(Directory.Exists(Path.Combine(world["laptop"], "daemon")));
        Assert.True(File.Exists(Path.Combine(world["alice"], "daemon", "daemon.key")));
        Assert.Equal(0, (await world.TypeAsync("identity delete --yes --store alice", "pw")).Code);
        Assert.False(Directory.Exists(world["alice"]));
    }

    [Fact]
    public async Task A_second_daemon_is_told_that_the_identity_is_open_and_takes_nothing_from_the_first()
    {
        await using var world = await MakeAsync();
        await using var daemon = await TestDaemon.StartAsync(world, "alice");

        var second = await world.TypeAsync("daemon --store alice", "pw");

        Assert.Equal((1, "Another program has this identity open. Close it there first."), (second.Code, Assert.Single(second.ErrorLines)));
        await using var program = await daemon.ConnectAsync();
        Assert.Equal("Alice", (string?)(await program.CallAsync("identity.show"))!["name"]);
    }

    [Fact]
    public async Task Another_key_or_app_key_is_refused_within_the_handshake()
    {
        await using var world = await MakeAsync();
        await using var daemon = await TestDaemon.StartAsync(world, "alice");
        using var stranger = StackKeys.Generate(RandomSource.System);

        Assert.Equal(StackError.HelloRefused, (await Assert.ThrowsAsync<StackException>(() => daemon.ConnectAsync(stranger))).Error);
        Assert.Equal(StackError.HandshakeClosed, (await Assert.ThrowsAsync<StackException>(() => daemon.ConnectAsync(appKey: AppKey.FromName("another"u8)))).Error);
    }

    [Fact]
    public async Task Over_the_network_a_key_that_was_allowed_two_methods_gets_no_third_and_one_that_was_allowed_all_gets_no_password()
    {
        await using var world = await MakeAsync();
        using var two = StackKeys.Generate(RandomSource.System);
        using var all = StackKeys.Generate(RandomSource.System);
        using var stranger = StackKeys.Generate(RandomSource.System);
        await using var daemon = await TestDaemon.StartAsync(
            world, "alice", "--listen", "net:127.0.0.1:0", "--listen", "ws://127.0.0.1:0", "--allow", $"{Id(two)}=chats.list,messages", "--allow", Id(all));

        foreach (var transport in new[] { "net:", "ws://", "unix:" })
        {
            await using var some = await daemon.ConnectAsync(two, transport);
            Assert.Empty((await some.CallAsync("chats.list"))!.AsArray());
            Assert.Equal("unknown_chat", (await some.RefusedAsync("messages.page", new JsonObject { ["chat"] = new string('0', 32), ["before"] = null, ["count"] = 1 })).Name);
            Assert.NotNull((await some.CallAsync("manifest"))!["chats"]);
            Assert.Contains("not in list of allowed methods", (await some.RefusedAsync("chats.create", new JsonObject { ["name"] = "Lunch", ["days"] = 1 })).Message, StringComparison.Ordinal);
            var events = some.Daemon.SourceAsync<JsonObject>("events").GetAsyncEnumerator();
            Assert.Contains("not in list of allowed methods", (await Assert.ThrowsAsync<RpcException>(async () => await events.MoveNextAsync())).Message, StringComparison.Ordinal);
            await events.DisposeAsync();

            await using var every = await daemon.ConnectAsync(all, transport);
            Assert.Equal("Alice", (string?)(await every.CallAsync("identity.show"))!["name"]);
            Assert.Contains("not in list", (await every.RefusedAsync("identity.password", new JsonObject { ["old"] = "pw", ["new"] = "other" })).Message, StringComparison.Ordinal);
            Assert.Equal(StackError.HelloRefused, (await Assert.ThrowsAsync<StackException>(() => daemon.ConnectAsync(stranger, transport))).Error);
            // the key of the file is good everywhere
            await using var own = await daemon.ConnectAsync(transport: transport);
            Assert.Equal("no async:identity,password", (await own.RefusedAsync("identity.password")).Message);
        }
        Assert.Equal((0, ""), await daemon.EndAsync());
    }

    [Theory]
    [InlineData("daemon --listen net:127.0.0.1:0", "Nobody could use a listener on the network: name who may come in, with --allow @KEY.ed25519")]
    [InlineData("daemon --listen unix:/tmp/other --allow KEY", "An address to listen at looks like net:127.0.0.1:7410 or ws://127.0.0.1:7411")]
    [InlineData("daemon --allow nobody", "--allow takes a key, @KEY.ed25519, and perhaps what it may call: @KEY.ed25519=events,messages.send")]
    [InlineData("daemon --allow KEY,events", "--allow takes a key, @KEY.ed25519, and perhaps what it may call: @KEY.ed25519=events,messages.send")]
    [InlineData("daemon --allow KEY=events,,sync", "There is no method . Methods and groups of them are in docs/protocol/api.md.")]
    [InlineData("daemon --allow KEY=identity.password", "There is no method identity.password. Methods and groups of them are in docs/protocol/api.md.")]
    [InlineData("daemon --allow KEY=", "--allow takes a key, @KEY.ed25519, and perhaps what it may call: @KEY.ed25519=events,messages.send")]
    [InlineData("daemon --allow KEY --allow KEY=events", "--allow names a key twice. Name all that it may call at once, with commas.")]
    public async Task Wrong_usage_is_said_before_the_password_is_asked_for(string line, string sentence)
    {
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);
        using var keys = StackKeys.Generate(RandomSource.System);

        var run = await world.TypeAsync(line.Replace("KEY", Id(keys), StringComparison.Ordinal));

        Assert.Equal((2, sentence), (run.Code, Assert.Single(run.ErrorLines)));
    }

    [Fact]
    public async Task A_wrong_password_a_taken_address_and_a_key_that_can_not_be_read_are_said()
    {
        await using var world = await MakeAsync();
        using var keys = StackKeys.Generate(RandomSource.System);
        Assert.Equal("That is not the password.", Assert.Single((await world.TypeAsync("daemon --store alice", "wrong")).ErrorLines));
        Assert.False(Directory.Exists(Path.Combine(world["alice"], "daemon")));
        await using (var daemon = await TestDaemon.StartAsync(world, "alice", "--listen", "net:127.0.0.1:0", "--allow", Id(keys)))
        {
            _ = await world.TypeAsync("identity create --name Bob --store bob", "pw");
            var port = daemon.Address.Split(';').Single(way => way.StartsWith("net:", StringComparison.Ordinal)).Split(':')[2].Split('~')[0];
            var taken = await world.TypeAsync($"daemon --store bob --listen net:127.0.0.1:{port} --allow {Id(keys)}", "pw");
            Assert.Equal((1, "An address to listen at is taken, or not yours to use."), (taken.Code, Assert.Single(taken.ErrorLines)));
            _ = await daemon.EndAsync();
        }
        await File.WriteAllTextAsync(Path.Combine(world["alice"], "daemon", "connect.json"), "{\"seed\":\"00\"}");
        var unreadable = await world.TypeAsync("daemon --store alice", "pw");
        Assert.Equal(1, unreadable.Code);
        Assert.StartsWith("A key of the daemon can't be read. Delete ", Assert.Single(unreadable.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_folders_path_is_too_long_for_a_socket_it_lies_with_the_sessions_own()
    {
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);
        _ = world.Variables.Remove("XDG_RUNTIME_DIR");
        world.Variables["XDG_RUNTIME_DIR"] = "";
        var store = Path.Combine("deep", new string('a', 60), new string('b', 60));
        world.Variables["SECRETS_RELAY"] = "net:127.0.0.1:9~shs:K2VFW4WZwFmt5QdangMYO3Pvz1Ms/PmiIj8rB4UokQI=";
        Assert.Equal(0, (await world.TypeAsync($"identity create --name Alice --store {store}", "pw")).Code);
        var refused = await world.TypeAsync($"daemon --store {store}", "pw");
        Assert.Equal(1, refused.Code);
        Assert.StartsWith("The path of this identity can't have a socket in it", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);

        world.Variables["XDG_RUNTIME_DIR"] = world["run"];
        _ = Directory.CreateDirectory(world["run"]);
        await using var daemon = await TestDaemon.StartAsync(world, store);

        Assert.StartsWith($"unix:{world["run"]}/secrets/", daemon.Address, StringComparison.Ordinal);
        Assert.Equal(OwnFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(world["run"], "secrets")));
        await using var program = await daemon.ConnectAsync();
        Assert.Equal("Alice", (string?)(await program.CallAsync("identity.show"))!["name"]);
    }

    private static async Task<ConsoleWorld> MakeAsync()
    {
        var world = await ConsoleWorld.StartAsync();
        Assert.Equal(0, (await world.TypeAsync("identity create --name Alice --store alice", "pw")).Code);
        return world;
    }

    private static string Id(StackKeys keys) => $"@{Convert.ToBase64String(keys.PublicKey.Bytes)}.ed25519";
}
