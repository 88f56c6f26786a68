using System.Text.Json;
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
