using System.CommandLine;
using Secrets.Console.Commands;
using Secrets.Console.Tests.Support;

namespace Secrets.Console.Tests;

/// <summary>The command line as a whole: help, versions, usage, completion.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void Every_verb_and_every_option_teaches()
    {
        var silent = Commands(Secrets.Console.Program.Root())
            .SelectMany(c => c.Options.Select(o => (Name: $"{c.Name} {o.Name}", o.Description)).Append((c.Name, c.Description))
                .Concat(c.Arguments.Select(a => (Name: $"{c.Name} {a.Name}", a.Description))))
            .Where(s => string.IsNullOrWhiteSpace(s.Description));

        Assert.Empty(silent);
    }

    [Fact]
    public async Task Help_is_printed_and_is_no_error()
    {
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);

        var whole = await world.TypeAsync("--help");
        var one = await world.TypeAsync("chat join --help");

        Assert.Equal(0, whole.Code);
        Assert.Contains("First steps", whole.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes", whole.Output, StringComparison.Ordinal);
        Assert.Equal(0, one.Code);
        Assert.Contains("never taken as an argument", one.Output, StringComparison.Ordinal);
        Assert.Contains("--direct", one.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "secrets [command] [options]")]
    [InlineData("chat --help", "secrets chat [command] [options]")]
    [InlineData("chat join --help", "secrets chat join [options]")]
    public async Task Usage_is_what_people_type(string line, string usage)
    {
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);

        var run = await world.TypeAsync(line);

        Assert.Contains(usage, run.Lines.Select(l => l.Trim()));
        Assert.DoesNotContain("Secrets.Console", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_printed()
    {
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);

        var run = await world.TypeAsync("--version");

        Assert.Equal(0, run.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*$", Assert.Single(run.Lines));
    }

    [Theory]
    [InlineData("dance")]
    [InlineData("chat join --name Alice secret1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq")]
    [InlineData("identity create --name Alice password")]
    [InlineData("identity create --name Alice --password password")]
    [InlineData("chat join")]
    [InlineData("identity export")]
    public async Task Wrong_usage_is_said_and_ends_with_two(string line)
    {
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);

        var run = await world.TypeAsync(line);

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.Equal("See: secrets --help", run.ErrorLines[^1]);
    }

    [Fact]
    public void No_argument_or_option_takes_a_secret_or_a_password()
    {
        var names = Commands(Secrets.Console.Program.Root()).SelectMany(c => c.Arguments.Select(a => a.Name).Concat(c.Options.Select(o => o.Name)));

        Assert.DoesNotContain(names, n => n.Contains("secret", StringComparison.OrdinalIgnoreCase) || (n.Contains("password", StringComparison.OrdinalIgnoreCase) && n != "--password-file"));
    }

    [Fact]
    public async Task A_completion_script_completes_verbs_and_options_and_no_names()
    {
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);
        var run = await world.TypeAsync("completion bash");
        Assert.Equal(0, run.Code);
        await File.WriteAllTextAsync(world["completion.bash"], run.Output);

        Assert.Equal("chat completion", await CompleteAsync(world, "secrets", "c"));
        Assert.Equal("join", await CompleteAsync(world, "secrets", "chat", "j"));
        Assert.Equal("--direct", await CompleteAsync(world, "secrets", "chat", "join", "--di"));
        Assert.Equal("--store", await CompleteAsync(world, "secrets", "chat", "join", "--st"));
        Assert.Equal("--json", await CompleteAsync(world, "secrets", "read", "Lunch", "--j"));
        Assert.Equal("", await CompleteAsync(world, "secrets", "read", ""));
        Assert.Equal("up", await CompleteAsync(world, "secrets", "u"));
        Assert.Equal("daemon down", await CompleteAsync(world, "secrets", "d"));
        Assert.Equal("--allow", await CompleteAsync(world, "secrets", "daemon", "--al"));
    }

    [Fact]
    public void A_completion_script_for_zsh_names_every_verb()
    {
        var script = CompletionCommand.Zsh(Secrets.Console.Program.Root());

        Assert.All(Paths(Secrets.Console.Program.Root(), ""), path => Assert.Contains($"\"{path}\")", script, StringComparison.Ordinal));
        Assert.Contains("'join:Enter a secret that somebody gave you'", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_shell_is_refused()
    {
        await using var world = await ConsoleWorld.StartAsync(withRelay: false);

        Assert.Equal(2, (await world.TypeAsync("completion fish")).Code);
    }

    private static async Task<string> CompleteAsync(ConsoleWorld world, params string[] words)
    {
        var line = $"source ./completion.bash; COMP_WORDS=({string.Join(' ', words.Select(w => $"'{w}'"))}); COMP_CWORD={words.Length - 1}; _secrets; printf '%s' \"${{COMPREPLY[*]}}\"";
        var start = new System.Diagnostics.ProcessStartInfo("bash");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(line);
        world.Prepare(start);
        var run = await ConsoleWorld.RunAsync(start, "");
        Assert.True(run.Error.Length == 0, run.Error);
        return run.Output;
    }

    private static IEnumerable<Command> Commands(Command root) => root.Subcommands.SelectMany(Commands).Prepend(root);

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(c => Paths(c, $"{path} {c.Name}").Prepend($"{path} {c.Name}"));
}
