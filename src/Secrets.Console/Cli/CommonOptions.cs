using System.CommandLine;

namespace Secrets.Console.Cli;

/// <summary>The options that every command has.</summary>
internal static class CommonOptions
{
    public static Option<string?> Store { get; } = new("--store")
    {
        Description = "The folder of the identity. Else SECRETS_STORE, else a folder in your data directory.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<string?> PasswordFile { get; } = new("--password-file")
    {
        Description = "A file whose first line is the password. Else it is asked for, or taken from the first line of standard input.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON object a line, with stable names.",
        Recursive = true,
    };
}
