using System.CommandLine;
using System.Text;
using Secrets.Console.Cli;

namespace Secrets.Console.Commands;

/// <summary><c>completion</c>: a script for a shell, made from the command line itself.</summary>
internal static class CompletionCommand
{
    // verbs of the launcher, which stands before this program
    private static readonly (string Name, string Teaches)[] Launcher =
    [
        ("up", "Set up what is missing, build, and start a relay."),
        ("down", "End the relay that runs in the background."),
        ("relay", "The relay alone."),
    ];

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash or zsh." };
        var command = new Command(
            "completion",
            "Print a script that completes verbs and options in your shell. It knows no names of chats. Use: source <(secrets completion bash)") { shell };
        command.SetAction(parsed =>
        {
            var script = parsed.GetValue(shell) switch
            {
                "bash" => Bash(Program.Root()),
                "zsh" => Zsh(Program.Root()),
                _ => throw new RefusedException("There is a script for bash and for zsh.", ExitCode.Usage),
            };
            new Terminal().Out.Write(script);
            return ExitCode.Done;
        });
        return command;
    }

    internal static string Bash(Command root)
    {
        var script = new StringBuilder(
            """
            # completion of secrets for bash: source <(secrets completion bash)
            _secrets() {
                local word path="" verbs="" options="" current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
                COMPREPLY=()
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case "$path $word" in

            """);
        var commands = Walk(root, "", []).ToArray();
        foreach (var (path, _, _) in commands.Where(c => c.Path.Length > 0))
            _ = script.Append("            \"").Append(Before(path)).Append(' ').Append(Last(path)).Append("\") path=\"").Append(path).Append("\" ;;\n");
        _ = script.Append("        esac\n    done\n    case $previous in\n");
        _ = script.Append("        --store) mapfile -t COMPREPLY < <(compgen -d -- \"$current\"); return ;;\n");
        _ = script.Append("        --password-file) mapfile -t COMPREPLY < <(compgen -f -- \"$current\"); return ;;\n");
        var valued = commands.SelectMany(c => c.Options).Where(TakesValue).Select(o => o.Name).Distinct(StringComparer.Ordinal).Where(n => n is not ("--store" or "--password-file"));
        _ = script.Append("        ").Append(string.Join('|', valued)).Append(") return ;;\n    esac\n    case $path in\n");
        foreach (var (path, command, options) in commands)
        {
            var verbs = command.Subcommands.Select(c => c.Name).Concat(path.Length == 0 ? Launcher.Select(l => l.Name) : []);
            _ = script.Append("        \"").Append(path).Append("\") verbs=\"").Append(string.Join(' ', verbs))
                .Append("\" options=\"").Append(string.Join(' ', options.Select(o => o.Name))).Append("\" ;;\n");
        }
        _ = script.Append(
            """
                esac
                if [[ $current == -* ]]; then
                    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
                elif [[ -n $verbs ]]; then
                    mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$current")
                elif [[ $path == " identity export" || $path == " identity import" ]]; then
                    mapfile -t COMPREPLY < <(compgen -f -- "$current")
                fi
            }
            complete -o filenames -F _secrets secrets

            """);
        return script.ToString();
    }

    internal static string Zsh(Command root)
    {
        var script = new StringBuilder(
            """
            #compdef secrets
            # completion of secrets for zsh: source <(secrets completion zsh)
            _secrets() {
                local word at="" current=${words[CURRENT]} previous=${words[CURRENT-1]}
                local -a verbs options
                for word in ${words[2,CURRENT-1]}; do
                    case "$at $word" in

            """);
        var commands = Walk(root, "", []).ToArray();
        foreach (var (path, _, _) in commands.Where(c => c.Path.Length > 0))
            _ = script.Append("            \"").Append(Before(path)).Append(' ').Append(Last(path)).Append("\") at=\"").Append(path).Append("\" ;;\n");
        _ = script.Append("        esac\n    done\n    case $previous in\n");
        _ = script.Append("        --store) _files -/; return ;;\n        --password-file) _files; return ;;\n    esac\n    case $at in\n");
        foreach (var (path, command, options) in commands)
        {
            _ = script.Append("        \"").Append(path).Append("\")\n            verbs=(");
            var verbs = command.Subcommands.Select(c => (c.Name, Teaches: c.Description ?? "")).Concat(path.Length == 0 ? Launcher : []);
            foreach (var (name, teaches) in verbs)
                _ = script.Append(' ').Append(Described(name, teaches));
            _ = script.Append(" )\n            options=(");
            foreach (var option in options)
                _ = script.Append(' ').Append(Described(option.Name, option.Description ?? ""));
            _ = script.Append(" )\n            ;;\n");
        }
        _ = script.Append(
            """
                esac
                if [[ $current == -* ]]; then
                    _describe option options
                elif (( ${#verbs} )); then
                    _describe verb verbs
                elif [[ $at == " identity export" || $at == " identity import" ]]; then
                    _files
                fi
            }
            compdef _secrets secrets

            """);
        return script.ToString();
    }

    /// <summary>Each command with its path (" chat join") and the options that it takes, those of the commands above it included.</summary>
    private static IEnumerable<(string Path, Command Command, IReadOnlyList<Option> Options)> Walk(Command command, string path, IReadOnlyList<Option> inherited)
    {
        yield return (path, command, [.. command.Options, .. inherited]);
        Option[] recursive = [.. inherited, .. command.Options.Where(o => o.Recursive)];
        foreach (var child in command.Subcommands)
        {
            foreach (var found in Walk(child, $"{path} {child.Name}", recursive))
                yield return found;
        }
    }

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    private static string Before(string path) => path[..path.LastIndexOf(' ')];

    private static string Last(string path) => path[(path.LastIndexOf(' ') + 1)..];

    private static string Described(string name, string teaches) =>
        "'" + $"{name}:{teaches.Split(". ")[0].TrimEnd('.')}".Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
