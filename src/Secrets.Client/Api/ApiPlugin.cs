using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Secrets.Client.Events;
using Secrets.Client.Rooms;
using Secrets.Stack;

namespace Secrets.Client.Api;

/// <summary>The commands and events of one open identity as methods of a stack node, for programs of the same person.</summary>
/// <remarks>
/// Closed by default: nobody may call anything whom the node's options don't name. The password is no business of such programs: one
/// that could change it could lock its person out. Spec: docs/protocol/api.md.
/// </remarks>
public sealed class ApiPlugin : IStackPlugin
{
    /// <summary>The method that tells what happens.</summary>
    public const string Events = "events";

    /// <summary>The method that tells what happens in rooms.</summary>
    public const string RoomEvents = "rooms.events";

    /// <summary>The name of the error that ends the events of a reader that does not keep up.</summary>
    public const string TooSlow = "too_slow";

    /// <summary>The name of the error for an answer that no peer would take.</summary>
    public const string TooLarge = "too_large";

    internal const string TooSlowSentence = "Events were not taken fast enough. Ask for them again, and for what there is by then.";

    internal const string TooLargeSentence = "The answer is larger than an item may be: ask for less.";

    /// <summary>How many events wait for a reader.</summary>
    internal const int Backlog = 1_000;

    private readonly SecretsClient _client;
    private readonly RoomClient? _rooms;

    /// <summary>The methods of this identity, and of the rooms that the program is in; without any, those are refused.</summary>
    public ApiPlugin(SecretsClient client, RoomClient? rooms = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _rooms = rooms;
    }

    /// <summary>The names of its methods.</summary>
    public static IReadOnlyList<string> Methods { get; } =
        [.. ClientApi.Commands.Values.Where(command => command.Bytes == ApiBytes.None && command.Name != ClientApi.ChangePassword).Select(command => command.Name), Events,
            .. RoomApi.Commands.Values.Where(command => command.Bytes == ApiBytes.None).Select(command => command.Name), RoomEvents];

    /// <inheritdoc/>
    public Plugin Build()
    {
        var plugin = new Plugin("", "An identity and its chats.");
        foreach (var command in Methods.Select(name => ClientApi.Commands.GetValueOrDefault(name)).OfType<ApiCommand<SecretsClient>>())
            plugin[command.Name] = Describe(command, Rpc.Async(call => AnswerAsync(_client, command, call.Arguments, call.CancellationToken)));
        foreach (var command in Methods.Select(name => RoomApi.Commands.GetValueOrDefault(name)).OfType<ApiCommand<RoomClient>>())
            plugin[command.Name] = Describe(command, Rpc.Async(call => AnswerAsync(Rooms(), command, call.Arguments, call.CancellationToken)));
        plugin[RoomEvents] = Rpc.Source(TellRoomsAsync).Describe("What happens in rooms from now on.");
        plugin[Events] = Rpc.Source(TellAsync).Describe("What happens from now on. The first item says that it has begun.");
        return plugin;
    }

    /// <summary>Runs a command for a caller: what it answers, or its refusal by name.</summary>
    internal static async ValueTask<JsonNode?> AnswerAsync<TTarget>(TTarget client, ApiCommand<TTarget> command, JsonArray arguments, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await command.RunAsync(client, new ApiRequest { Arguments = ReadArguments(arguments) }, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetByteCount(reply.Result) <= ApiNetwork.MaxItemSize ? JsonNode.Parse(reply.Result) : throw new RpcException(TooLarge, TooLargeSentence);
        }
        catch (JsonException)
        {
            throw new RpcException(ApiError.BadCommand, command.Fields.Count == 0 ? "This takes no arguments." : $"This takes one argument, {Wanted(command)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // not by the caller: the identity was closed
            throw new RpcException(ApiError.NotOpen, ApiError.Sentences[ApiError.NotOpen]);
        }
#pragma warning disable CA1031 // each refusal has a name for the caller; of anything else it learns that there was something
        catch (Exception thrown) when (thrown is not RpcException && ApiError.Of(thrown) is not null)
#pragma warning restore CA1031
        {
            var name = ApiError.Of(thrown)!;
            throw new RpcException(name, ApiError.Sentences[name]);
        }
    }

    private static RpcMethod Describe<TTarget>(ApiCommand<TTarget> command, RpcMethod method) =>
        command.Fields.Count == 0 ? method.Describe(command.Teaches) : method.Describe(command.Teaches, ("arguments", Wanted(command)));

    private static string Wanted<TTarget>(ApiCommand<TTarget> command) => $"an object with {string.Join(", ", command.Fields)}, each of its type, and nothing else.";

    /// <summary>One object; none is an empty one.</summary>
    private static string ReadArguments(JsonArray arguments) => arguments switch
    {
        [] or [null] => "{}",
        [JsonObject one] => one.ToJsonString(),
        _ => throw new JsonException(),
    };

    private RoomClient Rooms() => _rooms ?? throw new RpcException(ApiError.Of(ClientError.NoRooms), ApiError.Sentences[ApiError.Of(ClientError.NoRooms)]);

    // a reader that does not keep up loses the oldest: it can always ask for how a room is now
    private async ValueTask TellRoomsAsync(RpcCall call)
    {
        await foreach (var happened in Rooms().ListenAsync(call.CancellationToken).ConfigureAwait(false))
            await call.Stream.SendAsync(RpcValue.FromJson(JsonSerializer.SerializeToNode(happened, ApiJson.Default.RoomEvent)), call.CancellationToken).ConfigureAwait(false);
    }

    private async ValueTask TellAsync(RpcCall call)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken);
        var waiting = Channel.CreateBounded<ClientEvent>(new BoundedChannelOptions(Backlog) { SingleReader = true, SingleWriter = true });
        // from here on nothing is missed, and the first item says so
        var gathering = GatherAsync(_client.ListenAsync(ending.Token), waiting.Writer, ending);
        try
        {
            await call.Stream.SendAsync(RpcValue.FromJson(Beginning()), ending.Token).ConfigureAwait(false);
            await foreach (var happened in waiting.Reader.ReadAllAsync(ending.Token).ConfigureAwait(false))
                await call.Stream.SendAsync(RpcValue.FromJson(JsonSerializer.SerializeToNode(happened, ApiJson.Default.ClientEvent)), ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!call.CancellationToken.IsCancellationRequested)
        {
            // not by the reader: so it was too slow
            throw new RpcException(TooSlow, TooSlowSentence);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await gathering.ConfigureAwait(false);
        }
    }

    /// <summary>Takes events as they happen, however slow the reader is; one that falls too far behind ends it all.</summary>
    private static async Task GatherAsync(IAsyncEnumerable<ClientEvent> events, ChannelWriter<ClientEvent> waiting, CancellationTokenSource ending)
    {
        try
        {
            await foreach (var happened in events.ConfigureAwait(false))
            {
                if (!waiting.TryWrite(happened))
                    await ending.CancelAsync().ConfigureAwait(false);
            }
            // the identity was closed: what happened until then is still told
            waiting.Complete();
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private static JsonObject Beginning() => new() { ["kind"] = "listening", ["time"] = null, ["chat"] = null, ["message"] = null, ["relay"] = null, ["call"] = null, ["call_step"] = null };
}
