using System.CommandLine;
using System.CommandLine.Help;
using Secrets.Client;
using Secrets.Console.Cli;
using Secrets.Console.Commands;
using Secrets.Store;

namespace Secrets.Console;

/// <summary>The command line: one identity, its chats, its relays.</summary>
internal static class Program
{
    private const string Teaches =
        """
        Private chats without an account: an identity that you own, a secret that you hand over, a relay that sees only sealed boxes.

        First steps:
          secrets up                              start a relay on this machine
          secrets identity create --name Alice    make an identity
          secrets chat create "Lunch"             make a chat and your secret for it; hand the secret to one person
          secrets chat join --name Alice          enter a secret that somebody gave you
          secrets send "Lunch" "Noodles at one?"  say something
          secrets read "Lunch" --follow           read, and wait for more
          secrets tui                             all of it on one screen
          secrets daemon                          let programs of yours, bots, use the identity

        The launcher ./secrets has verbs of its own, each with a --help: up, down, relay; web-hash, web-sign, verify-host.

        Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no relay reached (what was said is kept and sent later).
        """;

    private static async Task<int> Main(string[] arguments)
    {
        // what begins with "@" is a text or a key, never a file with more arguments
        var parsed = Root().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await System.Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            await System.Console.Error.WriteLineAsync("See: secrets --help").ConfigureAwait(false);
            return ExitCode.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return Refuse(refused.Message, refused.Code);
        }
        catch (ClientException refused)
        {
            return Refuse(Sentences.Of(refused.Code), ExitCode.Refused);
        }
        catch (StoreException failure)
        {
            return Refuse(Sentences.Of(failure), ExitCode.Refused);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refuse("A file or folder can't be used: it is missing, full or not yours.", ExitCode.Refused);
        }
        catch (DllNotFoundException)
        {
            return Refuse("libsodium is missing. On Debian and Ubuntu: apt-get install libsodium23", ExitCode.Refused);
        }
#pragma warning disable CA1031 // the last resort: a stack trace helps nobody, and names paths and inner workings
        catch (Exception)
#pragma warning restore CA1031
        {
            return Refuse("Something went wrong that the program did not expect. Try again.", ExitCode.Refused);
        }
    }

    /// <summary>The whole command line; also what completion and tests look at.</summary>
    /// <remarks>No <see cref="RootCommand"/>: that one is called by the file's name, and what people type is the launcher's.</remarks>
    public static Command Root()
    {
        var root = new Command("secrets", Teaches)
        {
            new HelpOption(),
            new VersionOption(),
            CommonOptions.Store,
            CommonOptions.PasswordFile,
            CommonOptions.Json,
            IdentityCommand.Create(),
            ChatCommand.Create(),
            SendCommand.Create(),
            ReadCommand.Create(),
            WatchCommand.Create(),
            SyncCommand.Create(),
            RelaysCommand.Create(),
            TuiCommand.Create(),
            RoomCommand.Create(),
            DaemonCommand.Create(),
            CompletionCommand.Create(),
        };
        return root;
    }

    private static int Refuse(string sentence, int code)
    {
        System.Console.Error.WriteLine(sentence);
        return code;
    }
}
