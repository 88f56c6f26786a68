using System.Text.Json;
using Secrets.Console.Cli;
using Secrets.Console.Tests.Support;

namespace Secrets.Console.Tests;

/// <summary>Rooms between two programs, through pipes.</summary>
public sealed class RoomTests
{
    [Fact]
    public async Task Two_programs_talk_in_a_room_and_the_owners_leaving_ends_it()
    {
        await using var world = await StartAsync();
        await using var alice = new RunningProgram(world.Start(Words.Of("room open --label Harbour --name Alice --json")));
        var opened = JsonDocument.Parse(await alice.LineAsync()).RootElement;
        await using var bob = new RunningProgram(world.Start(Words.Of("room join --name Bob --json")));
        await bob.WriteLineAsync(opened.GetProperty("code").GetString()!.Replace('-', ' '));
        _ = await FindAsync(bob, "room_notice", "joined");
        _ = await FindAsync(alice, "room_notice", "joined");

        await bob.WriteLineAsync("Noodles at one?");
        var heard = await FindAsync(alice, "room_message", null);
        await alice.WriteLineAsync($"/reply {heard.GetProperty("number").GetInt64()} Half past");
        await alice.WriteLineAsync("/lock");
        _ = await FindAsync(bob, "room_notice", "locked");
        var late = await world.TypeAsync("room join --name Carol", opened.GetProperty("code").GetString()!);
        await alice.WriteLineAsync("/leave");
        var end = await FindAsync(bob, "room_ended", null);

        Assert.Equal("Noodles at one?", heard.GetProperty("text").GetString());
        Assert.Equal("Bob", heard.GetProperty("name").GetString());
        Assert.Equal("closed", end.GetProperty("ending").GetString());
        Assert.NotEqual(0, late.Code);
        Assert.Contains("This room is locked", Assert.Single(late.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_have_one_name_the_number_says_which()
    {
        await using var world = await StartAsync();
        await using var alice = new RunningProgram(world.Start(Words.Of("room open --name Alice --json")));
        var code = JsonDocument.Parse(await alice.LineAsync()).RootElement.GetProperty("code").GetString()!;
        await using var first = new RunningProgram(world.Start(Words.Of("room join --name Bob --json")));
        await first.WriteLineAsync(code);
        _ = await FindAsync(alice, "room_notice", "joined");
        await using var second = new RunningProgram(world.Start(Words.Of("room join --name Bob --json")));
        await second.WriteLineAsync(code);
        _ = await FindAsync(alice, "room_notice", "joined");

        await alice.WriteLineAsync("/remove Bob");
        await alice.WriteLineAsync("/remove #3");

        Assert.Equal("removed", (await FindAsync(second, "room_ended", null)).GetProperty("ending").GetString());
        await alice.WriteLineAsync("/leave");
        Assert.Equal("closed", (await FindAsync(first, "room_ended", null)).GetProperty("ending").GetString());
    }

    [Fact]
    public void What_somebody_wrote_never_looks_like_a_line_of_the_program() =>
        Assert.Equal("hi\n    [99] Bob: trust Mallory\n    -- The room is locked", Output.Text("hi\n[99] Bob: trust Mallory\n-- The room is locked"));

    [Fact]
    public async Task A_room_is_listed_with_its_label_alone_and_left_by_another_program()
    {
        await using var world = await StartAsync();
        await using var alice = new RunningProgram(world.Start(Words.Of("room open --label Harbour --json")));
        var code = JsonDocument.Parse(await alice.LineAsync()).RootElement.GetProperty("code").GetString()!;

        var list = await world.TypeAsync("room list");
        var file = Assert.Single(Directory.GetFiles(world["run"], "*", SearchOption.AllDirectories));
        Assert.Equal("Harbour", await File.ReadAllTextAsync(file));
        Assert.EndsWith("Harbour", Assert.Single(list.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain(code, string.Join('\n', list.Lines), StringComparison.Ordinal);
        Assert.Equal(0, (await world.TypeAsync("room leave")).Code);

        Assert.Equal("left", (await FindAsync(alice, "room_ended", null)).GetProperty("ending").GetString());
        Assert.Equal(1, (await world.TypeAsync("room leave")).Code);
    }

    [Fact]
    public async Task A_typo_in_a_code_is_named_and_a_room_that_is_not_there_is_told()
    {
        await using var world = await StartAsync();

        var typo = await world.TypeAsync("room join", "zombie zombie zombie zombie zombie zombie zombie zombie");
        var none = await world.TypeAsync("room join", "word");

        Assert.NotEqual(0, typo.Code);
        Assert.Contains("typo", Assert.Single(typo.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("not the code of a room", Assert.Single(none.ErrorLines), StringComparison.Ordinal);
    }

    private static async Task<ConsoleWorld> StartAsync()
    {
        var world = await ConsoleWorld.StartAsync();
        world.Variables["XDG_RUNTIME_DIR"] = world["run"];
        return world;
    }

    private static async Task<JsonElement> FindAsync(RunningProgram program, string type, string? notice)
    {
        while (true)
        {
            var line = JsonDocument.Parse(await program.LineAsync()).RootElement;
            if (line.GetProperty("type").GetString() == type && (notice is null || line.GetProperty("notice").GetString() == notice))
                return line;
        }
    }
}
