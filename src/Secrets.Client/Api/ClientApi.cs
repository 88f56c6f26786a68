using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Secrets.Client.Hosting;
using Secrets.Client.Views;
using Secrets.Protocol.Calls;

namespace Secrets.Client.Api;

/// <summary>The commands of one open identity, by name: what the browser's page and programs on a line call.</summary>
public static class ClientApi
{
    /// <summary>The command after which the storage key is another.</summary>
    internal const string ChangePassword = "identity.password";

    /// <summary>The command after which the identity has another name.</summary>
    internal const string Rename = "identity.rename";

    private const int MaxPage = 1_000;

    private static readonly ApiJson Json = ApiJson.Default;

    /// <summary>For programs: texts as they were written.</summary>
    public static IReadOnlyDictionary<string, ApiCommand<SecretsClient>> Commands { get; } = Build(shown: false);

    /// <summary>For screens: texts that are safe to show.</summary>
    public static IReadOnlyDictionary<string, ApiCommand<SecretsClient>> ShownCommands { get; } = Build(shown: true);

    private static Dictionary<string, ApiCommand<SecretsClient>> Build(bool shown)
    {
        ApiCommand<SecretsClient>[] commands = [.. OfIdentity(), .. OfRelays(), .. OfChats(shown), .. OfOneChat(shown), .. OfMessages(shown), .. OfCalls()];
        return commands.ToDictionary(command => command.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<ApiCommand<SecretsClient>> OfIdentity() =>
    [
        Gives("identity.show", "The identity: its name, how many chats it has and what waits to be sent.", Json.NoArguments, Json.IdentityView, static (client, _, stop) => client.GetIdentityAsync(stop)),
        Does(Rename, "Gives the identity another name; participants of new chats see it.", Json.NameArguments, static (client, a, stop) => client.RenameIdentityAsync(a.Name, stop)),
        Does(ChangePassword, "Changes the password.", Json.PasswordArguments, static (client, a, stop) => client.ChangePasswordAsync(ClientHost.Utf8(a.Old), ClientHost.NewPassword(a.New), stop)),
        Gives("sync", "Delivers and fetches until nothing is left to do with the relays in reach, and tells what came of it.", Json.NoArguments, Json.SyncView, static (client, _, stop) => client.SyncAsync(stop)),
    ];

    private static IEnumerable<ApiCommand<SecretsClient>> OfRelays() =>
    [
        Gives("relays.list", "The relays, chosen ones and those that chats need.", Json.NoArguments, Json.IReadOnlyListRelayView, static (client, _, stop) => client.GetRelaysAsync(stop)),
        Does("relays.add", "Adds a relay.", Json.AddressArguments, static (client, a, stop) => client.AddRelayAsync(a.Address, stop)),
        Does("relays.remove", "Removes a relay; chats that lie there go on using it.", Json.AddressArguments, static (client, a, stop) => client.RemoveRelayAsync(a.Address, stop)),
        Gives("relays.test", "Connects to a relay once and tells what came of it; it sees this machine's network address.", Json.AddressArguments, Json.RelayTestView, static (client, a, stop) => client.TestRelayAsync(a.Address, stop)),
    ];

    private static IEnumerable<ApiCommand<SecretsClient>> OfChats(bool shown) =>
    [
        Gives("chats.list", "All chats, the latest activity first.", Json.NoArguments, Json.IReadOnlyListChatView, async (client, _, stop) =>
        {
            var chats = await client.GetChatsAsync(stop).ConfigureAwait(false);
            return shown ? ViewText.Safe(chats) : chats;
        }),
        Gives("chats.create", "Makes a chat and the identity's own secret for it (chats.secret).", Json.ChatCreateArguments, Json.ChatView, async (client, a, stop) => Of(await client.CreateChatAsync(a.Name, Days(a.Days), stop).ConfigureAwait(false), shown)),
        Gives("chats.join", "Enters somebody's secret as a new chat.", Json.ChatJoinArguments, Json.ChatView, async (client, a, stop) => Of(await client.JoinChatAsync(a.Secret, a.Name, a.Direct, a.AllowOtherRelays, stop).ConfigureAwait(false), shown)),
        Does("chats.add", "Enters the other side's own secret into a chat that both made one for.", Json.ChatAddArguments, static (client, a, stop) => client.AddSecretAsync(a.Chat, a.Secret, a.Name, a.Direct, a.AllowOtherRelays, stop)),
    ];

    private static IEnumerable<ApiCommand<SecretsClient>> OfOneChat(bool shown) =>
    [
        Gives("chats.show", "A chat.", Json.ChatArguments, Json.ChatView, async (client, a, stop) => Of(await client.GetChatAsync(a.Chat, stop).ConfigureAwait(false), shown)),
        Gives("chats.secret", "The identity's own secret for a chat, to be handed to one person.", Json.ChatSecretArguments, Json.SecretView, static (client, a, stop) => client.GetSecretAsync(a.Chat, Days(a.Days), a.Renew, stop)),
        Does("chats.verify", "Says that a person compared the safety number; digits that were typed must be the number's.", Json.ChatVerifyArguments, static (client, a, stop) => client.VerifyAsync(a.Chat, a.Typed, stop)),
        Does("chats.rename", "Gives a chat another name, for this identity alone.", Json.ChatRenameArguments, static (client, a, stop) => client.RenameChatAsync(a.Chat, a.Name, stop)),
        Does("chats.mute", "Makes a chat quiet for hosts that give a sign of messages, or no longer.", Json.ChatMuteArguments, static (client, a, stop) => client.MuteChatAsync(a.Chat, a.Muted, stop)),
        Does("chats.leave", "Leaves a chat; what was said stays here.", Json.ChatArguments, static (client, a, stop) => client.LeaveChatAsync(a.Chat, stop)),
        Does("chats.delete", "Leaves a chat and deletes what was said here.", Json.ChatArguments, static (client, a, stop) => client.DeleteChatAsync(a.Chat, stop)),
        Does("chats.attend", "Says which chat is looked at, so that its messages come at once and not within seconds.", Json.ChatAttendArguments, static (client, a, stop) => client.AttendAsync(a.Chat, stop)),
        Does("chats.read", "Marks everything in a chat as read.", Json.ChatArguments, static (client, a, stop) => client.MarkReadAsync(a.Chat, stop)),
    ];

    private static IEnumerable<ApiCommand<SecretsClient>> OfMessages(bool shown) =>
    [
        Gives("messages.send", "Says something. It is kept when this returns, and goes out by itself.", Json.SendArguments, Json.MessageView, async (client, a, stop) =>
        {
            var message = await client.SendAsync(a.Chat, a.Text, stop).ConfigureAwait(false);
            return shown ? ViewText.Safe(message) : message;
        }),
        Gives("messages.page", "The newest lines of a chat, or those before a position; the oldest of them first.", Json.PageArguments, Json.IReadOnlyListMessageView, async (client, a, stop) =>
        {
            var messages = await client.GetMessagesAsync(a.Chat, a.Before, Math.Clamp(a.Count, 1, MaxPage), stop).ConfigureAwait(false);
            return shown ? ViewText.Safe(messages) : messages;
        }),
    ];

    private static IEnumerable<ApiCommand<SecretsClient>> OfCalls() =>
    [
        Gives("calls.list", "The call that the identity is in, or that rings; none or one.", Json.NoArguments, Json.IReadOnlyListCallView, static async (client, _, stop) => await client.GetCallAsync(stop).ConfigureAwait(false) is { } call ? [call] : []),
        Gives("calls.turn", "The servers through which calls can go, so that the other side sees no network address; none if no relay in reach has one.", Json.NoArguments, Json.IReadOnlyListTurnView, static (client, _, stop) => client.GetTurnAsync(stop)),
        Gives("calls.start", "Calls the other side of a chat.", Json.CallStartArguments, Json.CallView, static (client, a, stop) => client.StartCallAsync(a.Chat, a.Media, a.Straight, a.Fingerprint, stop)),
        Does("calls.accept", "Takes the call that rings.", Json.CallAcceptArguments, static (client, a, stop) => client.AcceptCallAsync(a.Straight, a.Fingerprint, stop)),
        Does("calls.end", "Declines the call that rings, or hangs up.", Json.NoArguments, static (client, _, stop) => client.EndCallAsync(stop)),
        Does("calls.fail", "Ends the call as the media engine can't make it.", Json.NoArguments, static (client, _, stop) => client.FailCallAsync(stop)),
        Does("calls.wrong", "Ends the call as the other end can't show the agreed certificate.", Json.NoArguments, static (client, _, stop) => client.DistrustCallAsync(stop)),
        Does("calls.describe", "Gives the session description that a step wished for.", Json.CallDescribeArguments, static (client, a, stop) => client.DescribeCallAsync(a.Revision, a.Description, stop)),
        Does("calls.candidates", "Gives further ways to this side.", Json.CallCandidatesArguments, static (client, a, stop) => client.AddCallCandidatesAsync(a.Candidates, stop)),
        Does("calls.connected", "Says that the connection stands; another certificate than the agreed one ends the call.", Json.CallConnectArguments, static (client, a, stop) => client.ConnectCallAsync(a.Fingerprint, stop)),
        Does("calls.lost", "Says that the connection was lost, or that the network is another one.", Json.NoArguments, static (client, _, stop) => client.DisconnectCallAsync(stop)),
        Does("calls.switch", "Tells the other side what is switched on and off here.", Json.CallSwitchArguments, static (client, a, stop) => client.SwitchCallAsync(Switches(a.MicrophoneOff, a.CameraOn, a.ScreenShown), stop)),
    ];

    internal static CallSwitches Switches(bool microphoneOff, bool cameraOn, bool screenShown) =>
        (microphoneOff ? CallSwitches.MicrophoneOff : CallSwitches.None) | (cameraOn ? CallSwitches.CameraOn : CallSwitches.None) | (screenShown ? CallSwitches.ScreenShown : CallSwitches.None);

    private static ChatView Of(ChatView chat, bool shown) => shown ? ViewText.Safe(chat) : chat;

    private static TimeSpan Days(int days) => days is >= 1 and <= 14 ? TimeSpan.FromDays(days) : throw new JsonException();

    private static ApiCommand<SecretsClient> Gives<TArguments, TResult>(string name, string teaches, JsonTypeInfo<TArguments> arguments, JsonTypeInfo<TResult> result, Func<SecretsClient, TArguments, CancellationToken, ValueTask<TResult>> run) =>
        ApiCommand<SecretsClient>.Gives(name, teaches, arguments, result, run);

    private static ApiCommand<SecretsClient> Does<TArguments>(string name, string teaches, JsonTypeInfo<TArguments> arguments, Func<SecretsClient, TArguments, CancellationToken, ValueTask> run) =>
        ApiCommand<SecretsClient>.Does(name, teaches, arguments, run);
}
