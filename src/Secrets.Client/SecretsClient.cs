using Secrets.Client.Events;
using Secrets.Client.Network;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Calls;
using Secrets.Protocol.Sessions;
using Secrets.Store;
using EngineCore = Secrets.Client.Engine.Engine;

namespace Secrets.Client;

/// <summary>One identity at work: the one API of the engine. Commands in, events out; every host is a thin shell around it.</summary>
/// <remarks>
/// Safe to call from any thread. Refusals are <see cref="ClientException"/>, failures of the store <see cref="StoreException"/>;
/// after either nothing was changed. An unreachable relay is no failure: what was said is kept and goes out by itself.
/// </remarks>
public sealed class SecretsClient : IAsyncDisposable
{
    private readonly EngineCore _engine;

    private SecretsClient(EngineCore engine) => _engine = engine;

    /// <summary>For tests that look inside.</summary>
    internal EngineCore EngineForTestsOnly => _engine;

    /// <summary>The identity.</summary>
    public ValueTask<IdentityView> GetIdentityAsync(CancellationToken cancellationToken) => OnAsync(() => _engine.IdentityView(), cancellationToken);

    /// <summary>True if a part of the store is damaged or it was moved: everything can be read, nothing written.</summary>
    public bool IsReadOnly => _engine.Store.IsReadOnly;

    /// <summary>True if the identity was moved to another place.</summary>
    public bool IsRetired => _engine.Store.IsRetired;

    /// <summary>What of the store is damaged; empty in a sound one.</summary>
    public IReadOnlyList<StoreDamage> Damage => _engine.Store.Damage;

    /// <summary>The failure that ended a step in the background, such as a full disk; null while all is well.</summary>
    public Exception? LastFailure => _engine.LastFailure;

    /// <summary>Makes an identity in an empty place, or where the making of one was cut off; that takes the same password.</summary>
    public static async ValueTask<SecretsClient> CreateAsync(IStoreBackend backend, string name, ReadOnlyMemory<byte> password, ClientOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(name) || !PersonName.IsValid(name))
            throw new ClientException(ClientError.BadName);
        var store = await IdentityStore.ExistsAsync(backend, cancellationToken).ConfigureAwait(false)
            ? await OpenUnfinishedAsync(backend, password, options, cancellationToken).ConfigureAwait(false)
            : await IdentityStore.CreateAsync(backend, password, options.Store, options.Random, options.Time, cancellationToken).ConfigureAwait(false);
        try
        {
            await Engine.Identity.CreateAsync(store, name, password, options.Random, options.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            return await StartAsync(store, options, connect: true, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens an identity. Without connecting it shows what is there and keeps what is said for later.</summary>
    public static async ValueTask<SecretsClient> OpenAsync(IStoreBackend backend, ReadOnlyMemory<byte> password, ClientOptions options, bool connect, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = await IdentityStore.OpenAsync(backend, password, options.Store, options.Random, options.Time, cancellationToken).ConfigureAwait(false);
        if (!store.IsReadOnly && !Engine.Identity.IsIn(store))
        {
            // its making was cut off: there is nothing in it, and it is made anew
            await store.DisposeAsync().ConfigureAwait(false);
            throw new StoreException(StoreError.NotFound);
        }
        var client = await StartAsync(store, options, connect, cancellationToken).ConfigureAwait(false);
        try
        {
            // an import that was cut off goes on here
            await client.DoAsync(() => client._engine.FinishReturnAsync(password, cancellationToken), cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens an identity with the storage key that <see cref="CopyStorageKey"/> gave before, in place of the password.</summary>
    public static async ValueTask<SecretsClient> OpenAsync(IStoreBackend backend, SecretBuffer storageKey, ClientOptions options, bool connect, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        // an import that was cut off goes on when the password is there again
        var store = await IdentityStore.OpenAsync(backend, storageKey, options.Store, options.Random, options.Time, cancellationToken).ConfigureAwait(false);
        return await StartAsync(store, options, connect, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What opens this identity without its password, for a program of the same person that goes on after this one; the caller owns it.</summary>
    public SecretBuffer CopyStorageKey() => _engine.Store.CopyStorageKey();

    /// <summary>Makes this place a new device of an exported identity; the chats come back as the others answer.</summary>
    public static async ValueTask<SecretsClient> ImportAsync(Stream file, ReadOnlyMemory<byte> filePassword, IStoreBackend backend, ReadOnlyMemory<byte> password, ClientOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = await IdentityStore.ImportAsync(file, filePassword, backend, password, options.Store, options.Random, options.Time, cancellationToken).ConfigureAwait(false);
        var client = await StartAsync(store, options, connect: true, cancellationToken).ConfigureAwait(false);
        try
        {
            await client.DoAsync(() => client._engine.ReturnAsync(password, cancellationToken), cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the identity into one file, encrypted under the password: what was said and with whom, and no key that is in use.</summary>
    public ValueTask ExportAsync(Stream destination, ReadOnlyMemory<byte> password, CancellationToken cancellationToken) =>
        DoAsync(() => new ValueTask(_engine.Store.ExportAsync(destination, password, cancellationToken)), cancellationToken);

    /// <summary>
    /// Retires this copy: its keys are erased, it is read-only from then on. To move an identity, export it first, retire this copy, and
    /// only then let the file be used.
    /// </summary>
    public ValueTask RetireAsync(CancellationToken cancellationToken) => DoAsync(() => _engine.RetireAsync(cancellationToken), cancellationToken);

    /// <summary>Changes the password of this store.</summary>
    public ValueTask ChangePasswordAsync(ReadOnlyMemory<byte> oldPassword, ReadOnlyMemory<byte> newPassword, CancellationToken cancellationToken) =>
        DoAsync(() => new ValueTask(_engine.Store.ChangePasswordAsync(oldPassword, newPassword, cancellationToken)), cancellationToken);

    /// <summary>Renames the identity; participants of new chats see the new name.</summary>
    public ValueTask RenameIdentityAsync(string name, CancellationToken cancellationToken) => DoAsync(() => _engine.RenameIdentityAsync(name), cancellationToken);

    /// <summary>The relays, chosen ones and those that chats need.</summary>
    public ValueTask<IReadOnlyList<RelayView>> GetRelaysAsync(CancellationToken cancellationToken) => OnAsync(() => _engine.RelayViews(), cancellationToken);

    /// <summary>Adds a relay by its multiserver address, which holds its key.</summary>
    public ValueTask AddRelayAsync(string address, CancellationToken cancellationToken) => DoAsync(() => _engine.AddRelayAsync(address), cancellationToken);

    /// <summary>Removes a relay; chats that lie there go on using it.</summary>
    public ValueTask RemoveRelayAsync(string address, CancellationToken cancellationToken) => DoAsync(() => _engine.RemoveRelayAsync(address), cancellationToken);

    /// <summary>Connects to a relay once, chosen or not, and tells what came of it. The relay sees this device's network address.</summary>
    public ValueTask<RelayTestView> TestRelayAsync(string address, CancellationToken cancellationToken) => _engine.TestRelayAsync(address, cancellationToken);

    /// <summary>All chats, the latest activity first.</summary>
    public ValueTask<IReadOnlyList<ChatView>> GetChatsAsync(CancellationToken cancellationToken) => OnAsync(() => _engine.ChatViews(), cancellationToken);

    /// <summary>The chat with this id.</summary>
    public ValueTask<ChatView> GetChatAsync(ChatId chat, CancellationToken cancellationToken) => OnAsync(() => _engine.ViewOf(_engine.Require(chat)), cancellationToken);

    /// <summary>The one chat with this name, with an unambiguous beginning of it, or with this id as text.</summary>
    public ValueTask<ChatView> FindChatAsync(string name, CancellationToken cancellationToken) => OnAsync(() => _engine.ViewOf(_engine.FindByName(name)), cancellationToken);

    /// <summary>Makes a chat and one's own secret for it. The secret works once a relay has it: see <see cref="SecretView.AtRelay"/>.</summary>
    public ValueTask<ChatView> CreateChatAsync(string name, TimeSpan secretGoodFor, CancellationToken cancellationToken) =>
        _engine.RunAsync(async () => _engine.ViewOf(await _engine.CreateChatAsync(name, secretGoodFor).ConfigureAwait(false)), cancellationToken);

    /// <summary>
    /// Enters somebody's secret as a new chat. With a relay in reach this returns once the other side's offer was found and answered,
    /// or refuses; without one the chat is <see cref="ChatStage.Joining"/> and goes on by itself.
    /// </summary>
    /// <param name="secret">The secret: text, link or QR content.</param>
    /// <param name="name">What this person calls the other.</param>
    /// <param name="direct">True if it came straight from the other person.</param>
    /// <param name="allowOtherRelays">True to connect to a relay that this person has not chosen; it sees the network address.</param>
    /// <param name="cancellationToken">Stops waiting; the chat stays.</param>
    public async ValueTask<ChatView> JoinChatAsync(string secret, string name, bool direct, bool allowOtherRelays, CancellationToken cancellationToken)
    {
        var id = await _engine.RunAsync(async () => (await _engine.JoinChatAsync(secret, name, direct, allowOtherRelays).ConfigureAwait(false)).Id, cancellationToken).ConfigureAwait(false);
        _ = await _engine.SyncAsync(cancellationToken).ConfigureAwait(false);
        await DoAsync(() => _engine.ForgetIfGoneAsync(id), cancellationToken).ConfigureAwait(false);
        return await GetChatAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Enters the other side's own secret into a chat that both made one for.</summary>
    /// <param name="chat">The chat that has one's own secret.</param>
    /// <param name="secret">The secret as it was given.</param>
    /// <param name="name">What this person calls the other; null to leave it.</param>
    /// <param name="direct">True if the secret came from the other person directly.</param>
    /// <param name="allowOtherRelays">True to connect to a relay that this person has not chosen; it sees the network address.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask AddSecretAsync(ChatId chat, string secret, string? name, bool direct, bool allowOtherRelays, CancellationToken cancellationToken) =>
        DoAsync(() => _engine.AddSecretAsync(_engine.Require(chat), secret, name, direct, allowOtherRelays), cancellationToken);

    /// <summary>One's own secret for a chat, to be handed to one person.</summary>
    public ValueTask<SecretView> GetSecretAsync(ChatId chat, TimeSpan goodFor, bool renew, CancellationToken cancellationToken) =>
        _engine.RunAsync(async () => _engine.ViewOf(await _engine.ChatSecretAsync(_engine.Require(chat), goodFor, renew).ConfigureAwait(false)), cancellationToken);

    /// <summary>Says that the number was compared; digits typed in, if any, must be the number's.</summary>
    public ValueTask VerifyAsync(ChatId chat, string? typed, CancellationToken cancellationToken) => DoAsync(() => _engine.VerifyAsync(_engine.Require(chat), typed), cancellationToken);

    /// <summary>The call that this identity is in, or that rings; null: none.</summary>
    public ValueTask<CallView?> GetCallAsync(CancellationToken cancellationToken) => OnAsync(() => _engine.CallView(), cancellationToken);

    /// <summary>The TURN servers of the chosen relays that are in reach, with credentials for some hours.</summary>
    public async ValueTask<IReadOnlyList<TurnView>> GetTurnAsync(CancellationToken cancellationToken)
    {
        var relays = await OnAsync(_engine.ChosenConnections, cancellationToken).ConfigureAwait(false);
        var servers = new List<TurnView>();
        foreach (var answer in await Task.WhenAll(relays.Select(relay => relay.TryGetTurnAsync(cancellationToken).AsTask())).ConfigureAwait(false))
        {
            if (TurnAnswer.TryRead(answer.Span, out var turn))
                servers.Add(turn);
        }
        return servers;
    }

    /// <summary>Calls the other side of a chat.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="media">What it begins with.</param>
    /// <param name="straight">True if the other side may see this device's network address.</param>
    /// <param name="fingerprint">SHA-256 of the certificate that the media engine made for this call, in hexadecimal with colons; or a session description of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<CallView> StartCallAsync(ChatId chat, CallMedia media, bool straight, string fingerprint, CancellationToken cancellationToken) =>
        _engine.RunAsync(() => _engine.StartCallAsync(_engine.Require(chat), media, straight, fingerprint), cancellationToken);

    /// <summary>Takes the call that rings, with a certificate made for it.</summary>
    public ValueTask AcceptCallAsync(bool straight, string fingerprint, CancellationToken cancellationToken) => DoAsync(() => _engine.AcceptCallAsync(straight, fingerprint), cancellationToken);

    /// <summary>Declines the call that rings, or hangs up.</summary>
    public ValueTask EndCallAsync(CancellationToken cancellationToken) => DoAsync(() => _engine.EndCallAsync(), cancellationToken);

    /// <summary>Ends the call as the media engine can't make it.</summary>
    public ValueTask FailCallAsync(CancellationToken cancellationToken) => DoAsync(() => _engine.EndCallAsync(CallEndReason.NotPossible), cancellationToken);

    /// <summary>Ends the call as the other end can't show the agreed certificate.</summary>
    public ValueTask DistrustCallAsync(CancellationToken cancellationToken) => DoAsync(() => _engine.EndCallAsync(CallEndReason.WrongCertificate), cancellationToken);

    /// <summary>What the media engine made when it was to make or take an offer of a revision.</summary>
    public ValueTask DescribeCallAsync(int revision, string description, CancellationToken cancellationToken) => DoAsync(() => _engine.DescribeCallAsync(revision, description), cancellationToken);

    /// <summary>Further ways to this side.</summary>
    public ValueTask AddCallCandidatesAsync(IReadOnlyList<string> candidates, CancellationToken cancellationToken) => DoAsync(() => _engine.AddCandidatesAsync(candidates), cancellationToken);

    /// <summary>The connection stands, with a certificate of this fingerprint at the other end; a wrong one ends the call. Null if the media engine doesn't tell.</summary>
    public ValueTask ConnectCallAsync(string? fingerprint, CancellationToken cancellationToken) => DoAsync(() => _engine.ConnectCallAsync(fingerprint), cancellationToken);

    /// <summary>The connection was lost, or the network is another one: it is made anew.</summary>
    public ValueTask DisconnectCallAsync(CancellationToken cancellationToken) => DoAsync(_engine.DisconnectCallAsync, cancellationToken);

    /// <summary>Tells the other side what is switched on and off here.</summary>
    public ValueTask SwitchCallAsync(CallSwitches switches, CancellationToken cancellationToken) => DoAsync(() => _engine.SwitchCallAsync(switches), cancellationToken);

    /// <summary>Renames a chat, for this person alone.</summary>
    public ValueTask RenameChatAsync(ChatId chat, string name, CancellationToken cancellationToken) => DoAsync(() => _engine.RenameChatAsync(_engine.Require(chat), name), cancellationToken);

    /// <summary>Makes a chat quiet, or no longer: messages come and are counted, and hosts give no sign of them.</summary>
    public ValueTask MuteChatAsync(ChatId chat, bool muted, CancellationToken cancellationToken) => DoAsync(() => _engine.MuteChatAsync(_engine.Require(chat), muted), cancellationToken);

    /// <summary>Deletes a chat for this person, leaving it first: what was said is no longer here. Copies and what the other side has are not touched.</summary>
    public ValueTask DeleteChatAsync(ChatId chat, CancellationToken cancellationToken) => DoAsync(() => _engine.DeleteChatAsync(_engine.Require(chat)), cancellationToken);

    /// <summary>Leaves a chat. What was said stays here.</summary>
    public ValueTask LeaveChatAsync(ChatId chat, CancellationToken cancellationToken) => DoAsync(() => _engine.LeaveAsync(_engine.Require(chat)), cancellationToken);

    /// <summary>Says something. It is kept when this returns; <see cref="MessageView.State"/> tells how far it has come.</summary>
    public ValueTask<MessageView> SendAsync(ChatId chat, string text, CancellationToken cancellationToken) =>
        _engine.RunAsync(
            async () =>
            {
                var found = _engine.Require(chat);
                return EngineCore.ViewOf(found, await _engine.SendTextAsync(found, text).ConfigureAwait(false));
            },
            cancellationToken);

    /// <summary>The lines of a chat, oldest first; those that arrived since a time, if one is given.</summary>
    public ValueTask<IReadOnlyList<MessageView>> GetMessagesAsync(ChatId chat, DateTimeOffset? since, CancellationToken cancellationToken) =>
        OnAsync(() => EngineCore.MessageViews(_engine.Require(chat), since), cancellationToken);

    /// <summary>A page of a chat: the last lines before a position, or of all without one; the oldest of them first.</summary>
    public ValueTask<IReadOnlyList<MessageView>> GetMessagesAsync(ChatId chat, long? before, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return OnAsync(() => EngineCore.MessageViews(_engine.Require(chat), before, count), cancellationToken);
    }

    /// <summary>Says which chat somebody looks at, so that what is said in it comes at once; null: none. All others come within seconds.</summary>
    /// <remarks>The relay then has reads that wait, most of them decoys; it learns nothing that the fetching would not tell.</remarks>
    public ValueTask AttendAsync(ChatId? chat, CancellationToken cancellationToken) => DoAsync(
        () =>
        {
            _engine.Attend(chat);
            return ValueTask.CompletedTask;
        },
        cancellationToken);

    /// <summary>Marks everything in a chat as read.</summary>
    public ValueTask MarkReadAsync(ChatId chat, CancellationToken cancellationToken) => DoAsync(() => _engine.MarkReadAsync(_engine.Require(chat)), cancellationToken);

    /// <summary>Delivers and fetches until nothing is left to do with the relays in reach.</summary>
    public ValueTask<SyncView> SyncAsync(CancellationToken cancellationToken) => _engine.SyncAsync(cancellationToken);

    /// <summary>Everything that happens from now on; listening begins with this call.</summary>
    public IAsyncEnumerable<ClientEvent> ListenAsync(CancellationToken cancellationToken) => _engine.Events.ListenAsync(cancellationToken);

    /// <summary>Finishes what is under way, wipes all keys and closes the store.</summary>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>A store in which an identity was to be made and is not: cut off before the one commit that has all of it.</summary>
    private static async ValueTask<IdentityStore> OpenUnfinishedAsync(IStoreBackend backend, ReadOnlyMemory<byte> password, ClientOptions options, CancellationToken cancellationToken)
    {
        IdentityStore store;
        try
        {
            store = await IdentityStore.OpenAsync(backend, password, options.Store, options.Random, options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException failure) when (failure.Code is not (StoreError.InUse or StoreError.WriteFailed))
        {
            // whatever is there, it is not ours to write over
            throw new StoreException(StoreError.AlreadyExists);
        }
        if (!store.IsReadOnly && !Engine.Identity.IsIn(store))
            return store;
        await store.DisposeAsync().ConfigureAwait(false);
        throw new StoreException(StoreError.AlreadyExists);
    }

    private static async ValueTask<SecretsClient> StartAsync(IdentityStore store, ClientOptions options, bool connect, CancellationToken cancellationToken)
    {
        var engine = new EngineCore(store, options);
        try
        {
            _ = await engine.StartAsync(connect, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return new SecretsClient(engine);
    }

    private ValueTask<T> OnAsync<T>(Func<T> question, CancellationToken cancellationToken) => _engine.RunAsync(() => ValueTask.FromResult(question()), cancellationToken);

    private async ValueTask DoAsync(Func<ValueTask> command, CancellationToken cancellationToken) =>
        _ = await _engine.RunAsync(
            async () =>
            {
                await command().ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
}
