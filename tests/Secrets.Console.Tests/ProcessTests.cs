using System.Diagnostics;
using Secrets.Console.Tests.Support;

namespace Secrets.Console.Tests;

/// <summary>The program beside other programs: a second one, a follower, a terminal.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_second_process_is_told_that_the_identity_is_open()
    {
        await using var world = await ConsoleWorld.StartAsync();
        _ = await world.TypeAsync("identity create --name Alice --store alice", "pw");
        using var first = Process.Start(world.Start(Words.Of("watch --json --store alice")))!;
        await first.StandardInput.WriteLineAsync("pw");
        // it is open once something is said about the relay
        Assert.Contains("relay_connected", await LineAsync(first), StringComparison.Ordinal);

        var second = await world.TypeAsync("chat list --store alice", "pw");

        Assert.Equal(1, second.Code);
        Assert.Equal("Another program has this identity open. Close it there first.", Assert.Single(second.ErrorLines));
        first.Kill();
        await first.WaitForExitAsync();
        Assert.Equal(0, (await world.TypeAsync("chat list --store alice", "pw")).Code);
    }

    [Fact]
    public async Task Who_follows_a_chat_sees_what_is_said_and_ends_with_an_interrupt()
    {
        await using var world = await ConsoleWorld.StartAsync();
        _ = await world.TypeAsync("identity create --name Alice --store alice", "pw");
        _ = await world.TypeAsync("identity create --name Bob --store bob", "pw");
        var secret = (await world.TypeAsync("chat create Lunch --store alice", "pw")).Lines[2];
        Assert.Equal(0, (await world.TypeAsync("chat join --name Alice --store bob", "pw", secret)).Code);
        using var follower = Process.Start(world.Start(Words.Of("read Alice --follow --store bob")))!;
        await follower.StandardInput.WriteLineAsync("pw");

        Assert.Equal(0, (await world.TypeAsync("send Lunch \"Noodles at one?\" --store alice", "pw")).Code);
        var line = await LineAsync(follower);
        while (!line.EndsWith("Alice: Noodles at one?", StringComparison.Ordinal))
            line = await LineAsync(follower);

        using var interrupt = Process.Start("kill", ["-INT", follower.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await interrupt.WaitForExitAsync();
        await follower.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
        Assert.Equal(0, follower.ExitCode);
    }

    [Fact]
    public async Task At_a_terminal_passwords_are_not_shown_and_colour_is_there_unless_it_is_not_wanted()
    {
        if (!File.Exists("/usr/bin/script"))
            Assert.Skip("There is no script(1) here.");
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);
        await using (var terminal = new TestTerminal(world, "identity create --name Alice --store alice"))
        {
            await terminal.UntilAsync("New password: ");
            await terminal.TypeAsync("hunter2\r");
            await terminal.UntilAsync("The same once more: ");
            await terminal.TypeAsync("hunter2\r");
            Assert.Equal(3, await terminal.EndAsync()); // the relay of these tests is not there
            Assert.DoesNotContain("hunter2", terminal.Seen, StringComparison.Ordinal);
        }
        _ = world.Variables.Remove("SECRETS_RELAY");
        world.Variables["SECRETS_RELAY"] = "ws://127.0.0.1:9~shs:K2VFW4WZwFmt5QdangMYO3Pvz1Ms/PmiIj8rB4UokQI=";
        Assert.Equal(0, (await world.TypeAsync("identity create --name Alice --store alice", "pw")).Code);

        Assert.Contains("\e[1mAlice", await ShownAsync(world), StringComparison.Ordinal);
        world.Variables["NO_COLOR"] = "1";
        Assert.DoesNotContain("\e[1m", await ShownAsync(world), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_screen_opens_shows_the_chats_and_gives_the_terminal_back()
    {
        if (!File.Exists("/usr/bin/script"))
            Assert.Skip("There is no script(1) here.");
        await using var world = await ConsoleWorld.StartAsync();
        _ = await world.TypeAsync("identity create --name Alice --store alice", "pw");
        _ = await world.TypeAsync("chat create Lunch --store alice", "pw");
        await using var terminal = new TestTerminal(world, "tui --store alice");
        await terminal.UntilAsync("Password: ");
        await terminal.TypeAsync("pw\r");
        await terminal.UntilAsync("Nobody has joined yet");
        await terminal.TypeAsync("First line\nsecond line\r"); // Ctrl-J is a new line, Enter sends
        await terminal.UntilAsync("waiting");
        await terminal.TypeAsync("\e[200~pasted\rtext\e[201~");
        await terminal.UntilAsync("text");
        await terminal.TypeAsync("\u0011"); // Ctrl-Q

        var code = await terminal.EndAsync();
        Assert.True(code == 0, $"{code}\n{terminal.Seen}");
        Assert.Contains("\e[?1049h", terminal.Seen, StringComparison.Ordinal);
        Assert.EndsWith("\e[?1049l", terminal.Seen.TrimEnd(), StringComparison.Ordinal);
        var read = await world.TypeAsync("read Lunch --store alice", "pw");
        Assert.Equal(["First line", "second line"], read.Lines.Select(l => l[(l.LastIndexOf(": ", StringComparison.Ordinal) + 1)..].Trim()));
    }

    private static async Task<string> ShownAsync(ConsoleWorld world)
    {
        await using var terminal = new TestTerminal(world, "identity show --store alice");
        await terminal.UntilAsync("Password: ");
        await terminal.TypeAsync("pw\r");
        Assert.Equal(0, await terminal.EndAsync());
        return terminal.Seen;
    }

    private static async Task<string> LineAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException(await process.StandardError.ReadToEndAsync());
    }
}
