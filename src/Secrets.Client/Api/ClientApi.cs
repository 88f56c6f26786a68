using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Secrets.Client.Hosting;
using Secrets.Client.Views;

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
        ApiCommand<SecretsClient>[] commands = [.. OfIdentity(), .. OfRelays(), .. OfChats(shown), .. OfOneChat(shown), .. OfMessages(shown)];
        return commands.ToDictionary(command => command.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<ApiCommand<SecretsClient>> OfIdentity() =>
    [
        Gives("identity.show", Json.NoArguments, Json.IdentityView, static (client, _, stop) => client.GetIdentityAsync(stop)),
        Does(Rename, Json.NameArguments, static (client, a, stop) => client.RenameIdentityAsync(a.Name, stop)),
        Does(ChangePassword, Json.PasswordArguments, static (client, a, stop) => client.ChangePasswordAsync(ClientHost.Utf8(a.Old), ClientHost.NewPassword(a.New), stop)),
        Gives("sync", Json.NoArguments, Json.SyncView, static (client, _, stop) => client.SyncAsync(stop)),
    ];

    private static IEnumerable<ApiCommand<SecretsClient>> OfRelays() =>
    [
        Gives("relays.list", Json.NoArguments, Json.IReadOnlyListRelayView, static (client, _, stop) => client.GetRelaysAsync(stop)),
        Does("relays.add", Json.AddressArguments, static (client, a, stop) => client.AddRelayAsync(a.Address, stop)),
        Does("relays.remove", Json.AddressArguments, static (client, a, stop) => client.RemoveRelayAsync(a.Address, stop)),
        Gives("relays.test", Json.AddressArguments, Json.RelayTestView, static (client, a, stop) => client.TestRelayAsync(a.Address, stop)),
    ];

    private static IEnumerable<ApiCommand<SecretsClient>> OfChats(bool shown) =>
    [
        Gives("chats.list", Json.NoArguments, Json.IReadOnlyListChatView, async (client, _, stop) =>
        {
            var chats = await client.GetChatsAsync(stop).ConfigureAwait(false);
            return shown ? ViewText.Safe(chats) : chats;
        }),
        Gives("chats.create", Json.ChatCreateArguments, Json.ChatView, async (client, a, stop) => Of(await client.CreateChatAsync(a.Name, Days(a.Days), stop).ConfigureAwait(false), shown)),
        Gives("chats.join", Json.ChatJoinArguments, Json.ChatView, async (client, a, stop) => Of(await client.JoinChatAsync(a.Secret, a.Name, a.Direct, a.AllowOtherRelays, stop).ConfigureAwait(false), shown)),
        Does("chats.add", Json.ChatAddArguments, static (client, a, stop) => client.AddSecretAsync(a.Chat, a.Secret, a.Name, a.Direct, a.AllowOtherRelays, stop)),
    ];

    private static IEnumerable<ApiCommand<SecretsClient>> OfOneChat(bool shown) =>
    [
        Gives("chats.show", Json.ChatArguments, Json.ChatView, async (client, a, stop) => Of(await client.GetChatAsync(a.Chat, stop).ConfigureAwait(false), shown)),
        Gives("chats.secret", Json.ChatSecretArguments, Json.SecretView, static (client, a, stop) => client.GetSecretAsync(a.Chat, Days(a.Days), a.Renew, stop)),
        Does("chats.verify", Json.ChatVerifyArguments, static (client, a, stop) => client.VerifyAsync(a.Chat, a.Typed, stop)),
        Does("chats.rename", Json.ChatRenameArguments, static (client, a, stop) => client.RenameChatAsync(a.Chat, a.Name, stop)),
        Does("chats.mute", Json.ChatMuteArguments, static (client, a, stop) => client.MuteChatAsync(a.Chat, a.Muted, stop)),
        Does("chats.leave", Json.ChatArguments, static (client, a, stop) => client.LeaveChatAsync(a.Chat, stop)),
        Does("chats.delete", Json.ChatArguments, static (client, a, stop) => client.DeleteChatAsync(a.Chat, stop)),
        Does("chats.attend", Json.ChatAttendArguments, static (client, a, stop) => client.AttendAsync(a.Chat, stop)),
        Does("chats.read", Json.ChatArguments, static (client, a, stop) => client.MarkReadAsync(a.Chat, stop)),
    ];

    private static IEnumerable<ApiCommand<SecretsClient>> OfMessages(bool shown) =>
    [
        Gives("messages.send", Json.SendArguments, Json.MessageView, async (client, a, stop) =>
        {
            var message = await client.SendAsync(a.Chat, a.Text, stop).ConfigureAwait(false);
            return shown ? ViewText.Safe(message) : message;
        }),
        Gives("messages.page", Json.PageArguments, Json.IReadOnlyListMessageView, async (client, a, stop) =>
        {
            var messages = await client.GetMessagesAsync(a.Chat, a.Before, Math.Clamp(a.Count, 1, MaxPage), stop).ConfigureAwait(false);
            return shown ? ViewText.Safe(messages) : messages;
        }),
    ];

    private static ChatView Of(ChatView chat, bool shown) => shown ? ViewText.Safe(chat) : chat;

    private static TimeSpan Days(int days) => days is >= 1 and <= 14 ? TimeSpan.FromDays(days) : throw new JsonException();

    private static ApiCommand<SecretsClient> Gives<TArguments, TResult>(string name, JsonTypeInfo<TArguments> arguments, JsonTypeInfo<TResult> result, Func<SecretsClient, TArguments, CancellationToken, ValueTask<TResult>> run) =>
        ApiCommand<SecretsClient>.Gives(name, arguments, result, run);

    private static ApiCommand<SecretsClient> Does<TArguments>(string name, JsonTypeInfo<TArguments> arguments, Func<SecretsClient, TArguments, CancellationToken, ValueTask> run) =>
        ApiCommand<SecretsClient>.Does(name, arguments, run);
}
