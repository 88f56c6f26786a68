using System.CommandLine;
using System.Globalization;
using Secrets.Client.Rooms;
using Secrets.Console.Cli;
using Secrets.Console.Rooms;

namespace Secrets.Console.Commands;

/// <summary><c>room</c>: short conversations by a code, without an identity.</summary>
internal static class RoomCommand
{
    private static readonly Option<string?> Label = new("--label") { Description = "A text of your own beside the code; it never leaves this machine.", HelpName = "TEXT" };
    private static readonly Option<string?> Name = new("--name") { Description = "What you call yourself in the room; without it, a random word.", HelpName = "NICK" };
    private static readonly Option<string?> Relay = new("--relay") { Description = "Where the room lies, instead of the relay of this machine.", HelpName = "ADDRESS" };
    private static readonly Argument<string?> Which = new("NUMBER") { Description = "The number in room list; without it all.", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create() => Verb.Group(
        "room",
        "Talk in a room that is opened by a code, needs no identity and is gone with its owner.",
        Verb.Create("open", "Open a room, show its code, and talk in it until /leave, Ctrl-D or Ctrl-C. Leaving ends it for everybody.", OpenAsync, Label, Name, Relay),
        Verb.Create("join", "Enter a room. The code or link is asked for, or read from the first line of standard input.", JoinAsync, Label, Name, Relay),
        Verb.Create("list", "The rooms that programs of yours are in at this moment.", ListAsync),
        Verb.Create("leave", "Leave a room that another program of yours is in.", LeaveAsync, Which));

    private static Task<int> OpenAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken) =>
        TalkAsync(workplace, rooms => rooms.OpenAsync(parsed.GetValue(Label), parsed.GetValue(Name), parsed.GetValue(Relay), null, cancellationToken), isNew: true, cancellationToken);

    private static Task<int> JoinAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var code = workplace.Terminal.ReadLine("Code or link of the room: ");
        var check = RoomClient.Check(code);
        if (check.Error is not null && check.Suggestion is { } meant)
            throw new RefusedException($"There is a typo in this code: is word {check.Position} \"{meant}\"?", ExitCode.Usage);
        return TalkAsync(workplace, rooms => rooms.EnterAsync(code, parsed.GetValue(Label), parsed.GetValue(Name), parsed.GetValue(Relay), cancellationToken), isNew: false, cancellationToken);
    }

    private static async Task<int> TalkAsync(Workplace workplace, Func<RoomClient, ValueTask<RoomView>> enter, bool isNew, CancellationToken cancellationToken)
    {
        await using var rooms = workplace.CreateRooms();
        // from before entering, so that nothing is missed
        var events = rooms.ListenAsync(CancellationToken.None);
        var room = await workplace.WaitAsync("Entering…", enter(rooms)).ConfigureAwait(false);
        using var register = RoomRegister.Add(room.Label);
        await new RoomTalk(workplace, rooms, room, events, register).RunAsync(isNew, cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static Task<int> ListAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        foreach (var (number, label) in RoomRegister.List())
        {
            workplace.Output.Object(writer =>
            {
                writer.WriteString("type", "room");
                writer.WriteNumber("number", number);
                writer.WriteString("label", label);
            });
            workplace.Output.Say($"{number.ToString(CultureInfo.InvariantCulture),8}  {Output.Name(label)}");
        }
        return Task.FromResult(ExitCode.Done);
    }

    private static Task<int> LeaveAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var which = parsed.GetValue(Which);
        var number = 0;
        if (which is not null && !int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            throw new RefusedException("A room is named by its number in: secrets room list", ExitCode.Usage);
        var left = RoomRegister.End(which is null ? null : number);
        return left > 0 ? Task.FromResult(ExitCode.Done) : throw new RefusedException("No program of yours is in such a room.");
    }
}
