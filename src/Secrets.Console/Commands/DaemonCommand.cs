using System.CommandLine;
using System.Net.Sockets;
using Secrets.Client.Api;
using Secrets.Console.Cli;
using Secrets.Console.Daemon;
using Secrets.Stack;
using Secrets.Stack.Server;

namespace Secrets.Console.Commands;

/// <summary><c>daemon</c>: the identity as methods that programs of its person call.</summary>
internal static class DaemonCommand
{
    private static readonly Option<string[]> Listen = new("--listen")
    {
        Description = "Listen on the network too: net:HOST:PORT or ws://HOST:PORT. Only with --allow.",
        HelpName = "ADDRESS",
    };

    private static readonly Option<string[]> Allow = new("--allow")
    {
        Description = "Let one more key in: @KEY.ed25519 for every method, @KEY.ed25519=METHOD,METHOD for these. A group such as messages names all in it.",
        HelpName = "KEY",
    };

    private const StackScopes Network = StackScopes.Local | StackScopes.Private | StackScopes.Public;

    // below the two seconds that a program has to end in
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    public static Command Create() => Verb.Create(
        "daemon",
        "Stay connected and let programs of yours (bots) use this identity, over a socket that only you can open, until Ctrl-C. Who is let in can read and write in your chats.",
        RunAsync,
        Listen,
        Allow);

    private static async Task<int> RunAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var access = DaemonAccess.Parse(parsed.GetValue(Allow) ?? []);
        var addresses = (parsed.GetValue(Listen) ?? []).Select(Address).ToArray();
        if (addresses.Length > 0 && !access.HasNamed)
            throw new RefusedException("Nobody could use a listener on the network: name who may come in, with --allow @KEY.ed25519", ExitCode.Usage);

        var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        StackNode? node = null;
        var rooms = workplace.CreateRooms();
        try
        {
            using var folder = DaemonFolder.Open(workplace.Folder);
            access.AllowAll(folder.Client.PublicKey);
            var stack = SecretStack.Create(options =>
            {
                options.AppKey = ApiNetwork.AppKey;
                options.MaxItemSize = ApiNetwork.MaxItemSize;
                // a bot may have nothing to say for days
                options.IdleTimeout = Timeout.InfiniteTimeSpan;
                options.CloseTimeout = CloseTimeout;
            }).UseKestrel().Use(access.Guard(new ApiPlugin(client, rooms).Build()));
            node = await StartAsync(stack, folder, access, addresses, cancellationToken).ConfigureAwait(false);
            var address = node.GetAddress(StackScopes.Device)!.ToString();
            folder.WriteConnect(address);
            Tell(workplace.Output, node.Id, address, node.GetAddress(Network)?.ToString(), folder.ConnectFile);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C
            }
        }
        finally
        {
            // first: it ends the events that would hold up connections
            await rooms.DisposeAsync().ConfigureAwait(false);
            await client.DisposeAsync().ConfigureAwait(false);
            if (node is not null)
                await node.DisposeAsync().ConfigureAwait(false);
        }
        return ExitCode.Done;
    }

    private static async Task<StackNode> StartAsync(SecretStack stack, DaemonFolder folder, DaemonAccess access, string[] addresses, CancellationToken cancellationToken)
    {
        try
        {
            return await stack.StartAsync(folder.Own, options =>
            {
                access.Apply(options);
                _ = options.Listen(StackScopes.Device, $"unix:{folder.Socket}~shs").Listen(addresses);
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            throw new RefusedException("An address to listen at is taken, or not yours to use.");
        }
        catch (ArgumentException)
        {
            throw new RefusedException("An address to listen at looks like net:127.0.0.1:7410 or ws://127.0.0.1:7411", ExitCode.Usage);
        }
    }

    /// <summary>As the stack writes an address to listen at. The socket is there anyway, and nothing else of this machine is to be had by it.</summary>
    private static string Address(string text) =>
        text.StartsWith("net:", StringComparison.Ordinal) || text.StartsWith("ws://", StringComparison.Ordinal)
            ? text.EndsWith("~shs", StringComparison.Ordinal) ? text : text + "~shs"
            : throw new RefusedException("An address to listen at looks like net:127.0.0.1:7410 or ws://127.0.0.1:7411", ExitCode.Usage);

    private static void Tell(Output output, string id, string address, string? network, string file)
    {
        output.Object(writer =>
        {
            writer.WriteString("type", "daemon");
            writer.WriteString("address", address);
            writer.WriteString("network", network);
            writer.WriteString("file", file);
        });
        output.Say($"Ready, as {id}");
        foreach (var way in address.Split(';').Union((network ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)))
            output.Say("  " + way);
        output.Say($"Your programs find the way in {file}");
        output.Say("Who can read that file can read and write in your chats while this runs. Ctrl-C ends it.");
    }
}
