using System.CommandLine;

namespace Secrets.Console.Cli;

/// <summary>Makes commands whose action gets a workplace.</summary>
internal static class Verb
{
    public static Command Create(string name, string teaches, Func<Workplace, ParseResult, CancellationToken, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, teaches);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else if (symbol is Option option)
                command.Options.Add(option);
        }
        command.SetAction((parsed, cancellationToken) => run(WorkplaceOf(parsed), parsed, cancellationToken));
        return command;
    }

    public static Command Group(string name, string teaches, params Command[] verbs)
    {
        var command = new Command(name, teaches);
        foreach (var verb in verbs)
            command.Subcommands.Add(verb);
        return command;
    }

    public static Argument<string> Text(string name, string teaches) => new(name) { Description = teaches };

    public static Option<bool> Flag(string name, string teaches) => new(name) { Description = teaches };

    private static Workplace WorkplaceOf(ParseResult parsed) =>
        new(new Terminal(), parsed.GetValue(CommonOptions.Json), parsed.GetValue(CommonOptions.Store), parsed.GetValue(CommonOptions.PasswordFile));
}
