using System.CommandLine;
using Secrets.Client.Views;
using Secrets.Console.Cli;

namespace Secrets.Console.Commands;

/// <summary><c>relays</c>: which relays keep this identity's boxes.</summary>
internal static class RelaysCommand
{
    private static readonly Argument<string> Address = Verb.Text("ADDRESS", "The relay's address with its key, as it prints it when it starts: ws://host:7400~shs:KEY");

    public static Command Create() => Verb.Group(
        "relays",
        "Your relays. They hold sealed boxes of one size under addresses that are used once, and see when and from where you connect.",
        Verb.Create("list", "Your relays, and whether they can be reached.", ListAsync),
        Verb.Create("add", "Add a relay. New chats use it; two are better than one.", AddAsync, Address),
        Verb.Create("test", "Connect to a relay once and say what came of it. It sees your network address.", TestAsync, Address),
        Verb.Create("remove", "Remove a relay. Chats that lie there go on using it.", RemoveAsync, Address));

    private static async Task<int> ListAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        _ = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
        var relays = await client.GetRelaysAsync(cancellationToken).ConfigureAwait(false);
        foreach (var relay in relays)
            workplace.Output.Relay(relay);
        if (relays.Count == 0)
            workplace.Output.Say(Sentences.Of(Secrets.Client.ClientError.NoRelay));
        return ExitCode.Done;
    }

    private static async Task<int> AddAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var address = RelayFinder.Shorten(parsed.GetValue(Address)!) ?? throw new RefusedException(Sentences.Of(Secrets.Client.ClientError.BadRelayAddress));
        await using var client = await workplace.OpenAsync(connect: true, cancellationToken).ConfigureAwait(false);
        await client.AddRelayAsync(address, cancellationToken).ConfigureAwait(false);
        _ = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
        foreach (var relay in (await client.GetRelaysAsync(cancellationToken).ConfigureAwait(false)).Where(r => r.Address == address))
            workplace.Output.Relay(relay);
        return ExitCode.Done;
    }

    private static async Task<int> TestAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        var address = parsed.GetValue(Address)!;
        var test = await workplace.WaitAsync("Connecting…", client.TestRelayAsync(address, cancellationToken)).ConfigureAwait(false);
        workplace.Output.RelayTest(address, test);
        return test.Outcome == RelayTestOutcome.Reached ? ExitCode.Done : ExitCode.NotReached;
    }

    private static async Task<int> RemoveAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        var address = parsed.GetValue(Address)!;
        await client.RemoveRelayAsync(RelayFinder.Shorten(address) ?? address, cancellationToken).ConfigureAwait(false);
        workplace.Output.Say("Removed.");
        return ExitCode.Done;
    }
}
