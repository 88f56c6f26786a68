using System.Collections.Concurrent;
using Secrets.Client.Events;
using Secrets.Client.Network;
using Secrets.Client.Views;
using Secrets.Store;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>Relays: which there are, coming and going, bells.</content>
internal sealed partial class Engine
{
    private const int MaxKnownAddresses = 1_024;

    private static readonly TimeSpan TestLimit = TimeSpan.FromSeconds(15);

    // every look for what is due asks this for every copy of every box, and reading an address checks a point of the curve
    private static readonly ConcurrentDictionary<string, RelayId> RelayIdsByAddress = new(StringComparer.Ordinal);

    private bool _isConnecting;

    public void RelayUp(RelayConnection relay) => _loop.Post(() => OnRelayUp(relay));

    public void RelayDown(RelayConnection relay) => _loop.Post(() => OnRelayDown(relay));

    public Task BellRangAsync(RelayConnection relay, ReadOnlyMemory<byte> bell) => _loop.PostAsync(() => OnBell(relay, bell));

    /// <summary>The addresses that this person chose.</summary>
    private IReadOnlyList<string> ChosenRelays =>
        [.. Store.Facts.Entities(Schema.Relay)
            .Select(e => (Entity: e, HasCreated: Store.Facts.TryGet(e, Schema.Created, out var created), Created: created))
            .OrderBy(r => r.HasCreated ? r.Created!.AsTime() : default)
            .Select(r => Store.Facts.TryGet(r.Entity, Schema.Address, out var address) ? address.AsText() : null)
            .OfType<string>()];

    public static bool TryGetRelayId(string address, out RelayId id)
    {
        if (RelayIdsByAddress.TryGetValue(address, out id))
            return true;
        if (!MultiserverAddress.TryParse(address, out var parsed))
            return false;
        id = RelayId.FromKey(parsed.Key);
        // others' addresses come here too: they must not fill the memory
        if (RelayIdsByAddress.Count >= MaxKnownAddresses)
            RelayIdsByAddress.Clear();
        RelayIdsByAddress[address] = id;
        return true;
    }

    public IReadOnlyList<RelayView> RelayViews() => [.. _relays.Values.Select(ViewOf)];

    public async ValueTask AddRelayAsync(string address)
    {
        RequireWritable();
        if (!TryGetRelayId(address, out _) || !Protocol.Sessions.RelayAddresses.IsValid(address))
            throw new ClientException(ClientError.BadRelayAddress);
        if (ChosenRelays.Contains(address))
            return;
        using var transaction = Store.Begin();
        var entity = EntityId.Generate(Schema.Relay, Random);
        transaction.Assert(entity, Schema.Address, FactValue.Text(address));
        transaction.Assert(entity, Schema.Created, FactValue.Time(Now));
        await CommitAsync(transaction, null).ConfigureAwait(false);
        FollowRelays();
        NoteChangeOfAll();
        Pump();
    }

    public async ValueTask RemoveRelayAsync(string address)
    {
        RequireWritable();
        var chosen = ChosenRelays;
        if (!chosen.Contains(address))
            throw new ClientException(ClientError.UnknownRelay);
        if (chosen.Count == 1 && ShownChats.Any())
            throw new ClientException(ClientError.LastRelay);
        using var transaction = Store.Begin();
        foreach (var entity in Store.Facts.Entities(Schema.Relay))
        {
            if (Store.Facts.TryGet(entity, Schema.Address, out var value) && value.AsText() == address)
                transaction.RetractEntity(entity);
        }
        await CommitAsync(transaction, null).ConfigureAwait(false);
        FollowRelays();
        NoteChangeOfAll();
    }

    /// <summary>Connects once, beside the loop: nothing else waits for it, and it changes nothing.</summary>
    public async ValueTask<RelayTestView> TestRelayAsync(string address, CancellationToken cancellationToken)
    {
        if (!TryGetRelayId(address, out _))
            throw new ClientException(ClientError.BadRelayAddress);
        var started = _options.Time.GetTimestamp();
        using var limit = new CancellationTokenSource(TestLimit, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        RelayTestOutcome outcome;
        try
        {
            var link = await _options.Network.ConnectAsync(address, either.Token).ConfigureAwait(false);
            outcome = RelayTestOutcome.Reached;
            await link.DisposeAsync().ConfigureAwait(false);
        }
        catch (RelayException failure)
        {
            outcome = failure.IsTransient ? RelayTestOutcome.NotReached : RelayTestOutcome.AnotherKey;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = RelayTestOutcome.NotReached;
        }
        return new RelayTestView { Outcome = outcome, Milliseconds = (long)_options.Time.GetElapsedTime(started).TotalMilliseconds };
    }

    /// <summary>Connects to every relay that is chosen or that a chat needs, and to no other.</summary>
    private void FollowRelays()
    {
        // a relay is its key: of several addresses the one that this person chose is used
        var needed = new Dictionary<RelayId, string>();
        foreach (var address in ChosenRelays.Concat(_chats.Values.SelectMany(RelaysOf)))
        {
            if (TryGetRelayId(address, out var id))
                _ = needed.TryAdd(id, address);
        }
        foreach (var (id, relay) in _relays.Where(r => !needed.TryGetValue(r.Key, out var address) || address != r.Value.Address).ToArray())
        {
            _ = _relays.Remove(id);
            if (relay.Connection is { } connection)
                Background(connection.DisposeAsync());
        }
        foreach (var (id, address) in needed)
        {
            if (_relays.ContainsKey(id) || !id.TryGetKey(out var key))
                continue;
            var relay = new RelayState(address, id, new BellChain(key));
            _relays.Add(id, relay);
            relay.Changed.UnionWith(_chats.Keys);
            if (_isConnecting && !_stopping)
                relay.Connection = new RelayConnection(address, _options.Network, this, _options.Time, Random);
            else
                relay.WasTried = true;
        }
    }

    private static bool IsSameRelay(string one, string other) =>
        one == other || (TryGetRelayId(one, out var a) && TryGetRelayId(other, out var b) && a == b);

    private static bool IsAt(IEnumerable<string> addresses, RelayState relay) => addresses.Any(a => IsSameRelay(a, relay.Address));

    internal static RelayId[] RelayIds(IEnumerable<string> addresses) =>
        [.. addresses.Select(a => (Known: TryGetRelayId(a, out var id), Id: id)).Where(r => r.Known).Select(r => r.Id).Distinct()];

    private IEnumerable<string> RelaysOf(Chat chat)
    {
        if (chat.Ending == ChatStage.Left)
            return chat.Sessions.SelectMany(s => s.OutRelays).Concat(chat.Deletes.Select(d => d.Relay));
        return chat.OwnRelays
            .Concat(chat.Link?.Offer.Relays ?? [])
            .Concat(chat.Standing.SelectMany(o => o.Offer.Relays))
            .Concat(chat.Tries.Where(t => t.Stage == TryStage.Answered).SelectMany(t => Permitted(chat, t, t.Offer?.Relays ?? [])))
            .Concat(chat.Tries.Where(t => t.Stage == TryStage.Searching).SelectMany(t => Permitted(chat, t, t.Secret.RelayHints)))
            .Concat(chat.Sessions.SelectMany(s => s.InRelays.Concat(s.OutRelays)));
    }

    /// <summary>
    /// Those of some addresses to which this person agreed: chosen relays, those where this side's boxes of the chat lie, and those that the
    /// secret named when that was allowed. Whoever else names a relay must not make a device connect to it, and show its network address (decision 11).
    /// </summary>
    private IReadOnlyList<string> Permitted(Chat chat, SecretTry entered, IReadOnlyList<string> addresses)
    {
        // a relay is its key: it is reached where this person says that it is
        var known = ChosenRelays.Concat(chat.OwnRelays).Concat(entered.AllowsOthers ? entered.Secret.RelayHints : []).ToArray();
        return [.. addresses.Select(a => known.FirstOrDefault(k => IsSameRelay(k, a))).OfType<string>().Distinct()];
    }

    private RelayState? Find(RelayConnection connection) =>
        _relays.Values.FirstOrDefault(r => ReferenceEquals(r.Connection, connection));

    private void OnRelayUp(RelayConnection connection)
    {
        if (Find(connection) is not { } relay || _stopping)
            return;
        relay.IsUp = true;
        relay.WasTried = true;
        relay.IsFreshlyUp = true;
        relay.ForgetConnection();
        relay.Later.Clear();
        relay.WritesFrom = default;
        WantAll(relay);
        Raise(ClientEventKind.RelayConnected, relay: relay);
        Pump();
    }

    private void OnRelayDown(RelayConnection connection)
    {
        if (Find(connection) is not { } relay || _stopping)
            return;
        var wasUp = relay.IsUp;
        relay.IsUp = false;
        if (wasUp || !relay.WasTried)
            Raise(ClientEventKind.RelayLost, relay: relay);
        relay.WasTried = true;
        relay.ForgetConnection();
        Pump();
    }

    private void OnBell(RelayConnection connection, ReadOnlyMemory<byte> encoded)
    {
        if (Find(connection) is not { IsUp: true } relay || _stopping)
            return;
        if (Bell.TryRead(encoded.Span, relay.Id, out var bell) != BellError.None || bell is null)
        {
            Raise(ClientEventKind.RelayMisbehaved, relay: relay);
            return;
        }
        // a relay whose data was put back rings lower numbers: a new connection begins to count anew, and everything is asked for
        if (relay.IsFreshlyUp && bell.Number <= relay.Bells.LastNumber && relay.Id.TryGetKey(out var key))
        {
            relay.StartBells(new BellChain(key));
            WantAll(relay);
        }
        var error = relay.Bells.TryAppend(bell);
        if (error is BellError.None or BellError.Gap && !relay.Remember(bell))
            Raise(ClientEventKind.RelayMisbehaved, relay: relay);
        switch (error)
        {
            case BellError.None:
            case BellError.Gap when relay.IsFreshlyUp:
                // what came before this connection's first bell was just asked for
                WantAnnounced(relay, bell);
                break;
            case BellError.Gap:
                WantAll(relay);
                break;
            case BellError.Old:
                break;
            default:
                // a relay that rings differently for different people, or whose store went back: believe nothing, ask for everything
                Raise(ClientEventKind.RelayMisbehaved, relay: relay);
                WantAll(relay);
                break;
        }
        relay.IsFreshlyUp = false;
        connection.BellSeen(relay.Bells.LastNumber);
        Pump();
    }

    private void WantAnnounced(RelayState relay, Bell bell)
    {
        CompareAnnounced(relay, bell);
        RefreshTargets(relay);
        var dues = new Dictionary<object, DateTimeOffset>();
        foreach (var (address, target) in relay.Targets)
        {
            if (!bell.MayHave(address) || relay.Wanted.Contains(address))
                continue;
            // fetched a little later, at random, so that writing and fetching don't touch each other in time
            var place = (object?)target.Reader ?? target.Chat;
            if (!dues.TryGetValue(place, out var due))
                dues[place] = due = Now + Spread(_options.FetchSpread);
            _ = relay.Later.TryAdd(address, due);
        }
    }

    private TimeSpan Spread(TimeSpan longest) =>
        longest <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Random.Next((uint)Math.Min(longest.TotalMilliseconds, uint.MaxValue - 1) + 1));

    private void Background(ValueTask work) => _loop.Post(async () => await work.ConfigureAwait(false));

    private RelayView ViewOf(RelayState relay) =>
        new() { Address = relay.Address, Connected = relay.IsUp, Chosen = ChosenRelays.Contains(relay.Address) };

    private void RequireWritable()
    {
        if (Store.IsReadOnly)
            throw new ClientException(ClientError.ReadOnly);
    }
}
