using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Secrets.Client.Hosting;
using Secrets.Client.Rooms;

namespace Secrets.Client.Api;

/// <summary>The commands of rooms, by name. They need no identity.</summary>
public static class RoomApi
{
    private static readonly ApiJson Json = ApiJson.Default;

    /// <summary>For programs: texts as they were written.</summary>
    public static IReadOnlyDictionary<string, ApiCommand<RoomClient>> Commands { get; } = Build(shown: false);

    /// <summary>For screens: texts that are safe to show.</summary>
    public static IReadOnlyDictionary<string, ApiCommand<RoomClient>> ShownCommands { get; } = Build(shown: true);

    private static Dictionary<string, ApiCommand<RoomClient>> Build(bool shown)
    {
        ApiCommand<RoomClient>[] commands = [.. OfEntering(shown), .. OfRooms(shown), .. OfMessages(shown), .. OfOwner(), .. OfCalls()];
        return commands.ToDictionary(command => command.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<ApiCommand<RoomClient>> OfEntering(bool shown) =>
    [
        Gives("rooms.open", "Opens a new room and is in it.", Json.RoomOpenArguments, Json.RoomView, async (rooms, a, stop) => Of(await rooms.OpenAsync(a.Label, a.Name, a.Relay, Participants(a.MaxParticipants), stop).ConfigureAwait(false), shown)),
        Gives("rooms.enter", "Enters a room by its code or link.", Json.RoomEnterArguments, Json.RoomView, async (rooms, a, stop) => Of(await rooms.EnterAsync(a.Code, a.Label, a.Name, a.Relay, stop).ConfigureAwait(false), shown)),
        Gives("rooms.check", "Says whether a text is the code of a room, and which word may be meant where there is a typo. Asks nobody.", Json.RoomCodeArguments, Json.RoomCodeView, static (_, a, _) => ValueTask.FromResult(RoomClient.Check(a.Code))),
        ApiCommand<RoomClient>.Takes("rooms.resume", "Comes back to a room with the bytes of rooms.keep, as after a reload, and with the lines of rooms.messages from before, if any.", Json.RoomResumeArguments, Json.RoomView, async (rooms, a, state, stop) => Of(await rooms.ResumeAsync(state, a.Messages ?? [], stop).ConfigureAwait(false), shown)),
        ApiCommand<RoomClient>.GivesBytes("rooms.keep", "What this session needs to come back: secret, and nothing of what was said.", Json.RoomArguments, Json.RoomView, (rooms, a, _) => ValueTask.FromResult((Of(rooms.Show(a.Room), shown), rooms.Keep(a.Room)))),
        Does("rooms.leave", "Leaves a room, which ends it for everybody if it is one's own.", Json.RoomArguments, static (rooms, a, _) => rooms.LeaveAsync(a.Room)),
    ];

    private static IEnumerable<ApiCommand<RoomClient>> OfRooms(bool shown) =>
    [
        Gives("rooms.list", "The rooms that this program is in.", Json.NoArguments, Json.IReadOnlyListRoomView, (rooms, _, _) => ValueTask.FromResult<IReadOnlyList<RoomView>>([.. rooms.List().Select(room => Of(room, shown))])),
        Gives("rooms.show", "A room.", Json.RoomArguments, Json.RoomView, (rooms, a, _) => ValueTask.FromResult(Of(rooms.Show(a.Room), shown))),
        Does("rooms.rename", "Has another name in a room.", Json.RoomNameArguments, static (rooms, a, _) => DoneAsync(() => rooms.Rename(a.Room, a.Name))),
        Does("rooms.label", "Gives a room another label, which nobody else sees; the empty one takes it away.", Json.RoomLabelArguments, static (rooms, a, _) => DoneAsync(() => rooms.Label(a.Room, a.Label))),
        Does("rooms.typing", "Tells the others that one types, or no longer.", Json.RoomTypingArguments, static (rooms, a, _) => DoneAsync(() => rooms.Type(a.Room, a.On))),
    ];

    private static IEnumerable<ApiCommand<RoomClient>> OfMessages(bool shown) =>
    [
        Gives("rooms.messages", "What was said in a room, as far as this program heard it.", Json.RoomArguments, Json.IReadOnlyListRoomMessageView, (rooms, a, _) => ValueTask.FromResult<IReadOnlyList<RoomMessageView>>([.. rooms.Messages(a.Room).Select(message => Of(message, shown))])),
        Gives("rooms.send", "Says something in a room.", Json.RoomSendArguments, Json.RoomMessageView, (rooms, a, _) => ValueTask.FromResult(Of(rooms.Send(a.Room, a.Text, a.ReplyTo), shown))),
        Does("rooms.react", "Puts a sign under a message, or takes it back.", Json.RoomReactArguments, static (rooms, a, _) => DoneAsync(() => rooms.React(a.Room, a.Message, a.Sign))),
        ApiCommand<RoomClient>.Takes("rooms.send_file", "Lays a file into a room; it goes with the room.", Json.RoomFileArguments, Json.RoomMessageView, async (rooms, a, file, stop) => Of(await rooms.SendFileAsync(a.Room, a.Name, a.Type, file, a.Upload, stop).ConfigureAwait(false), shown)),
        Does("rooms.stop_file", "Stops a file on its way, by the name that rooms.send_file was given for it. Nothing happens if it is there already.", Json.RoomUploadArguments, static (rooms, a, _) => new ValueTask(rooms.StopFileAsync(a.Room, a.Upload))),
        ApiCommand<RoomClient>.GivesBytes("rooms.get_file", "Fetches a file of a message.", Json.RoomMessageArguments, Json.RoomFileView, async (rooms, a, stop) =>
        {
            var (file, bytes) = await rooms.GetFileAsync(a.Room, a.Message, stop).ConfigureAwait(false);
            return (shown ? ViewText.Safe(file) : file, bytes);
        }),
    ];

    private static IEnumerable<ApiCommand<RoomClient>> OfOwner() =>
    [
        Does("rooms.lock", "Locks a room of one's own, so that nobody new enters, or unlocks it.", Json.RoomLockArguments, static (rooms, a, _) => DoneAsync(() => rooms.Lock(a.Room, a.Locked))),
        Does("rooms.remove", "Removes somebody from a room of one's own. That person still knows the code: lock it too.", Json.RoomMemberArguments, static (rooms, a, _) => DoneAsync(() => rooms.Remove(a.Room, a.Session))),
        Does("rooms.hand_over", "Gives a room of one's own to somebody in it.", Json.RoomMemberArguments, static (rooms, a, _) => DoneAsync(() => rooms.HandOver(a.Room, a.Session))),
    ];

    private static IEnumerable<ApiCommand<RoomClient>> OfCalls() =>
    [
        Gives("rooms.call_turn", "The server of the room's relay through which calls can go, so that others see no network address; none if it has none.", Json.RoomArguments, Json.IReadOnlyListTurnView, static (rooms, a, stop) => rooms.GetTurnAsync(a.Room, stop)),
        Does("rooms.call_join", "Begins a call in a room, or goes into the one that there is.", Json.RoomCallArguments, static (rooms, a, _) => DoneAsync(() => rooms.JoinCall(a.Room, a.Media))),
        Does("rooms.call_leave", "Leaves the call of a room.", Json.RoomArguments, static (rooms, a, _) => DoneAsync(() => rooms.LeaveCall(a.Room))),
        Gives("rooms.call_leg", "Gives the connection that a prepare step wished for; false if it is wanted no more.", Json.RoomLegArguments, Json.Boolean, static (rooms, a, _) => ValueTask.FromResult(rooms.AddCallLeg(a.Room, a.Session, a.Straight, a.Fingerprint))),
        Does("rooms.call_describe", "Gives the session description that a step wished for.", Json.RoomDescribeArguments, static (rooms, a, _) => DoneAsync(() => rooms.DescribeCall(a.Room, a.Session, a.Revision, a.Description))),
        Does("rooms.call_candidates", "Gives further ways to this side.", Json.RoomCandidatesArguments, static (rooms, a, _) => DoneAsync(() => rooms.AddCallCandidates(a.Room, a.Session, a.Candidates))),
        Does("rooms.call_connected", "Says that a connection stands; another certificate than the agreed one ends it.", Json.RoomConnectArguments, static (rooms, a, _) => DoneAsync(() => rooms.ConnectCall(a.Room, a.Session, a.Fingerprint))),
        Does("rooms.call_lost", "Says that a connection was lost, or that the network is another one.", Json.RoomMemberArguments, static (rooms, a, _) => DoneAsync(() => rooms.DisconnectCall(a.Room, a.Session))),
        Does("rooms.call_fail", "Ends a connection that the media engine can't make.", Json.RoomMemberArguments, static (rooms, a, _) => DoneAsync(() => rooms.FailCall(a.Room, a.Session))),
        Does("rooms.call_wrong", "Ends a connection at whose other end the agreed certificate can't be shown.", Json.RoomMemberArguments, static (rooms, a, _) => DoneAsync(() => rooms.DistrustCall(a.Room, a.Session))),
        Does("rooms.call_switch", "Tells the others in the call what is switched on and off here.", Json.RoomSwitchArguments, static (rooms, a, _) => DoneAsync(() => rooms.SwitchCall(a.Room, ClientApi.Switches(a.MicrophoneOff, a.CameraOn, a.ScreenShown)))),
    ];

    private static RoomView Of(RoomView room, bool shown) => shown ? ViewText.Safe(room) : room;

    private static RoomMessageView Of(RoomMessageView message, bool shown) => shown ? ViewText.Safe(message) : message;

    private static int? Participants(int? count) => count is null or (>= 2 and <= Transport.Rooms.RoomsNetwork.MaxParticipants) ? count : throw new JsonException();

    private static ValueTask DoneAsync(Action act)
    {
        act();
        return ValueTask.CompletedTask;
    }

    private static ApiCommand<RoomClient> Gives<TArguments, TResult>(string name, string teaches, JsonTypeInfo<TArguments> arguments, JsonTypeInfo<TResult> result, Func<RoomClient, TArguments, CancellationToken, ValueTask<TResult>> run) =>
        ApiCommand<RoomClient>.Gives(name, teaches, arguments, result, run);

    private static ApiCommand<RoomClient> Does<TArguments>(string name, string teaches, JsonTypeInfo<TArguments> arguments, Func<RoomClient, TArguments, CancellationToken, ValueTask> run) =>
        ApiCommand<RoomClient>.Does(name, teaches, arguments, run);
}
