using System.Text.Json;
using Secrets.Console.Tests.Support;

namespace Secrets.Console.Tests;

/// <summary>What programs read: one object a line, with names that stay.</summary>
public sealed class JsonTests
{
    private const string ChatNames = "type id name participant their_name stage verification secret_in_several_hands unread created last_activity safety_number muted";
    private const string MessageNames = "type id chat kind own time arrived state text";
    private const string NoticeNames = "type id chat kind own time arrived state notice text";

    [Fact]
    public async Task Each_object_has_its_names()
    {
        await using var world = await ConsoleWorld.StartAsync();

        Names("identity", "type name relay", Assert.Single(await AskAsync(world, "identity create --name Alice --store alice", "pw")));
        Names("identity", "type name created chats waiting", Assert.Single(await AskAsync(world, "identity show --store alice", "pw")));
        var secret = Assert.Single(await AskAsync(world, "chat create Lunch --store alice", "pw"));
        Names("secret", "type chat name secret link good_until at_relay", secret);
        Assert.True(secret.GetProperty("at_relay").GetBoolean());
        _ = await AskAsync(world, "identity create --name Bob --store bob", "pw");
        Names("joined", "type chat name stage", Assert.Single(await AskAsync(world, "chat join --name Alice --store bob", "pw", secret.GetProperty("secret").GetString()!)));
        Names("sync", "type fetched waiting relays_reached relays_missed", Assert.Single(await AskAsync(world, "sync --store alice", "pw")));
        var said = Assert.Single(await AskAsync(world, "send Lunch Noodles --store alice", "pw"));
        Names("message", MessageNames, said);
        Assert.Equal("sent", said.GetProperty("state").GetString());
        Names("chat", ChatNames, Assert.Single(await AskAsync(world, "chat list --store alice", "pw")));
        Names("chat", ChatNames, Assert.Single(await AskAsync(world, "chat show Lunch --store alice", "pw")));
        var read = await AskAsync(world, "read Lunch --store alice", "pw");
        Assert.Equal(2, read.Count);
        Names("message", NoticeNames, read[0]);
        Assert.Equal("they_joined", read[0].GetProperty("notice").GetString());
        Names("message", MessageNames, read[1]);
        Names("relay", "type address connected chosen", Assert.Single(await AskAsync(world, "relays list --store alice", "pw")));
        var address = Assert.Single(await AskAsync(world, "relays list --store alice", "pw")).GetProperty("address").GetString();
        var test = Assert.Single(await AskAsync(world, $"relays test {address} --store alice", "pw"));
        Names("relay_test", "type address outcome milliseconds", test);
        Assert.Equal("reached", test.GetProperty("outcome").GetString());
        Assert.True(Assert.Single(await AskAsync(world, "chat mute Lunch --store alice", "pw")).GetProperty("muted").GetBoolean());
        Assert.Empty(await AskAsync(world, "chat delete Lunch --yes --store alice", "pw"));
        Assert.Empty(await AskAsync(world, "chat list --store alice", "pw"));
        Names("export", "type file moved", Assert.Single(await AskAsync(world, "identity export alice.s2 --store alice", "pw")));
    }

    [Fact]
    public async Task What_went_wrong_is_a_line_of_errors_and_no_object()
    {
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);

        var run = await world.TypeAsync("--json chat list --store nowhere");

        Assert.Equal(1, run.Code);
        Assert.Empty(run.Output);
        _ = Assert.Single(run.ErrorLines);
    }

    private static async Task<List<JsonElement>> AskAsync(ConsoleWorld world, string line, params string[] input)
    {
        var run = await world.TypeAsync(line + " --json", input);
        Assert.True(run.Code == 0, line + "\n" + run.Error);
        return [.. run.Lines.Select(l => JsonDocument.Parse(l).RootElement)];
    }

    private static void Names(string type, string names, JsonElement found)
    {
        Assert.Equal(type, found.GetProperty("type").GetString());
        Assert.Equal(names, string.Join(' ', found.EnumerateObject().Select(p => p.Name)));
    }
}
