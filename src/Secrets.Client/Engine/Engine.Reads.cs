using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chains;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>Reading: what is waited for where, asking for it, and what the answers mean.</content>
internal sealed partial class Engine
{
    private const int MaxUnderway = 64;

    // looking through a window costs a read each: far enough apart to find every later box of a channel that lost some
    private static readonly int[] AheadSteps = [1, 2, 4, 8, 15];
    private static readonly TimeSpan RefusalPause = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(Hash256 Place, RelayId Relay), BoxReadKeys[]> _meetingKeys = [];

    /// <summary>How often it was made out what a chat waits for at a relay.</summary>
    internal long LooksAtChats { get; private set; }

    /// <summary>Something that decides what a chat waits for may have changed; with hundreds of chats all others must not be looked at for it.</summary>
    private void NoteChange(Chat chat)
    {
        foreach (var relay in _relays.Values)
            _ = relay.Changed.Add(chat.Id);
    }

    /// <summary>The same for all chats: the relays that the person chose are others.</summary>
    private void NoteChangeOfAll()
    {
        foreach (var relay in _relays.Values)
            relay.Changed.UnionWith(_chats.Keys);
    }

    /// <summary>Brings the list of what is waited for at a relay up to date.</summary>
    private void RefreshTargets(RelayState relay)
    {
        foreach (var id in relay.Changed)
            relay.SetTargets(id, _chats.TryGetValue(id, out var chat) ? [.. TargetsOf(chat, relay)] : []);
        LooksAtChats += relay.Changed.Count;
        relay.Changed.Clear();
    }

    private IEnumerable<ReadTarget> TargetsOf(Chat chat, RelayState relay)
    {
        if (chat.Ending is not null || chat.Device is null)
            return [];
        return OfferTargets(chat, relay).Concat(AnswerTargets(chat, relay)).Concat(ChannelTargets(chat, relay));
    }

    private IEnumerable<ReadTarget> OfferTargets(Chat chat, RelayState relay)
    {
        foreach (var entered in chat.Tries.Where(t => t.Stage == TryStage.Searching || IsUndecided(chat, t)))
        {
            var hints = entered.Secret.RelayHints;
            if (entered.Stage == TryStage.Answered ? !IsAt(entered.Offer!.Relays, relay) : hints.Count > 0 && !IsAt(hints, relay) && !IsAt(ChosenRelays, relay))
                continue;
            var keys = MeetingKeys("offer"u8, entered.Secret, relay.Id, () => Meeting.DeriveOfferChannel(entered.Secret), 1);
            yield return new ReadTarget { Chat = chat, Address = keys[0].Address, IsNext = true, Try = entered, Keys = keys[0] };
        }
    }

    private IEnumerable<ReadTarget> AnswerTargets(Chat chat, RelayState relay)
    {
        if (chat.Link is { IsUsed: false } link && IsAt(link.Offer.Relays, relay))
        {
            var keys = MeetingKeys("answer"u8, link.Secret, relay.Id, () => Meeting.DeriveAnswerChannel(link.Secret), Meeting.AnswerSlots);
            for (var slot = 1; slot <= Meeting.AnswerSlots; slot++)
                yield return new ReadTarget { Chat = chat, Address = keys[slot - 1].Address, IsNext = true, Offer = link, Slot = slot, Keys = keys[slot - 1] };
        }
        if (chat.TheirChain is not { } theirs)
            yield break;
        if (chat.LostOffer is { } lost && IsAt(lost.Offer.Relays, relay))
        {
            var keys = StandingKeys(lost.Secret, relay, theirs);
            for (var slot = 1; slot <= Meeting.AnswerSlots; slot++)
                yield return new ReadTarget { Chat = chat, Address = keys[slot - 1].Address, IsNext = slot == 1, IsLost = true, Slot = slot, Keys = keys[slot - 1] };
        }
        foreach (var standing in chat.Standing.Where(o => !o.IsUsed && IsAt(o.Offer.Relays, relay)))
        {
            var keys = StandingKeys(standing.Secret, relay, theirs);
            for (var slot = 1; slot <= Meeting.AnswerSlots; slot++)
                yield return new ReadTarget { Chat = chat, Address = keys[slot - 1].Address, IsNext = slot == 1, Offer = standing, Slot = slot, Keys = keys[slot - 1] };
        }
    }

    private BoxReadKeys[] StandingKeys(Secret secret, RelayState relay, ParticipantChain theirs) =>
        MeetingKeys("standing"u8, secret, relay.Id, () => Meeting.DeriveAnswerChannel(secret, theirs.First.Hash), Meeting.AnswerSlots);

    private static IEnumerable<ReadTarget> ChannelTargets(Chat chat, RelayState relay)
    {
        foreach (var session in chat.Sessions)
        {
            foreach (var (channel, reader) in session.Readers)
            {
                foreach (var expected in reader.Expected)
                {
                    if (expected.Relay != relay.Id)
                        continue;
                    yield return new ReadTarget
                    {
                        Chat = chat,
                        Address = expected.Address,
                        IsNext = expected.IsHole || expected.Index == reader.NextIndex,
                        Session = session,
                        Channel = channel,
                        Reader = reader,
                        Index = expected.Index,
                    };
                }
            }
        }
    }

    /// <summary>Keys of meeting boxes cost a point multiplication each, so they are kept while the engine runs.</summary>
    private BoxReadKeys[] MeetingKeys(ReadOnlySpan<byte> place, Secret secret, RelayId relay, Func<WriteCapability> derive, int count)
    {
        var name = LabelledHash.Start(Labels.MeetingPlace).Add(place).Add(secret.Id.Bytes).Finish();
        if (_meetingKeys.TryGetValue((name, relay), out var known))
            return known;
        using var channel = derive();
        using var reading = channel.GrantRead();
        var keys = new BoxReadKeys[count];
        for (var i = 0; i < count; i++)
        {
            keys[i] = reading.DeriveKeys(relay, BoxClass.Small);
            _ = reading.TryAdvance();
        }
        _meetingKeys[(name, relay)] = keys;
        return keys;
    }

    private void WantAll(RelayState relay)
    {
        RefreshTargets(relay);
        foreach (var target in relay.Targets.Values.Where(t => t.IsNext))
        {
            _ = relay.Wanted.Add(target.Address);
            if (target.Reader is { } reader)
                _ = relay.CatchingUp.Add(reader);
        }
    }

    /// <summary>Wants what has just begun to be waited for, at every relay that is up.</summary>
    private void WantNew(Chat chat)
    {
        NoteChange(chat);
        foreach (var relay in _relays.Values.Where(r => r.IsUp))
        {
            var known = relay.TargetsOf(chat.Id).Select(t => t.Reader).OfType<BoxReader>().ToHashSet();
            foreach (var target in TargetsOf(chat, relay))
            {
                if (target.Reader is { } reader && !known.Contains(reader))
                    _ = relay.CatchingUp.Add(reader);
                if (IsNewlyWanted(relay, target))
                    _ = relay.Wanted.Add(target.Address);
            }
            RefreshTargets(relay);
        }
    }

    /// <summary>Asks every relay once for the boxes that were just passed over.</summary>
    private void WantHoles(Chat chat, BoxReader reader, ulong from, ulong to)
    {
        if (from >= to)
            return;
        foreach (var relay in _relays.Values.Where(r => r.IsUp))
        {
            foreach (var hole in TargetsOf(chat, relay).Where(t => ReferenceEquals(t.Reader, reader) && t.Index >= from && t.Index < to))
                _ = relay.Wanted.Add(hole.Address);
        }
    }

    /// <summary>True for what was not waited for, or not yet next, and may be there.</summary>
    private static bool IsNewlyWanted(RelayState relay, ReadTarget target)
    {
        var isKnown = relay.Targets.TryGetValue(target.Address, out var before);
        if (!target.IsNext)
            return !isKnown && relay.WasAnnounced(target.Address);
        if (isKnown && before!.IsNext)
            return false;
        if (target.Reader is not { } reader || target.Index < reader.NextIndex)
            return true;
        return relay.CatchingUp.Contains(reader) || relay.WasAnnounced(target.Address);
    }

    private void StartReads(RelayState relay)
    {
        if (relay.Wanted.Count == 0 || relay.Underway.Count >= MaxUnderway)
            return;
        RefreshTargets(relay);
        foreach (var address in relay.Wanted.OrderBy(a => relay.Targets.TryGetValue(a, out var waiting) ? waiting.Index : 0).ToArray())
        {
            if (relay.Underway.Count >= MaxUnderway)
                return;
            if (relay.Underway.Contains(address))
                continue;
            var isTarget = relay.Targets.TryGetValue(address, out var target);
            if (isTarget && target!.Reader is not null && !target.Chat.Fetching.HasRoom(Now))
            {
                // enough of this author for now: the rest waits at the relay (decision 28)
                _ = relay.Wanted.Remove(address);
                relay.Later[address] = target.Chat.Fetching.RoomAt(Now);
                continue;
            }
            if (isTarget && target!.Reader is { } reader && !relay.Reading.Add(reader))
                continue;
            _ = relay.Wanted.Remove(address);
            if (!isTarget || relay.Connection is not { } connection)
                continue;
            _ = relay.Underway.Add(address);
            var request = new byte[Cell.HeadSize];
            BoxRequest.WriteRead(request, address, target!.Class, 0, Random);
            Ask(connection, request, answer => OnReadAnswerAsync(relay, target, answer));
        }
    }

    private void Ask(Network.RelayConnection connection, ReadOnlyMemory<byte> request, Func<ReadOnlyMemory<byte>?, ValueTask> handle, TimeSpan? limit = null)
    {
        _ = AskAsync();

        async Task AskAsync()
        {
            ReadOnlyMemory<byte>? answer = null;
            try
            {
                answer = await connection.TryAskAsync(request, limit).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // whatever the network did, who asked must hear that there is no answer
            catch (Exception)
#pragma warning restore CA1031
            {
                answer = null;
            }
            _loop.Post(() => _stopping ? ValueTask.CompletedTask : handle(answer));
        }
    }

    private async ValueTask OnReadAnswerAsync(RelayState relay, ReadTarget target, ReadOnlyMemory<byte>? answer)
    {
        _ = relay.Underway.Remove(target.Address);
        if (target.Reader is { } reader)
            _ = relay.Reading.Remove(reader);
        if (answer is { } cell)
            await TakeReadAnswerAsync(relay, target, cell).ConfigureAwait(false);
        else
            await OnUnansweredAsync(relay, target).ConfigureAwait(false);
        Pump();
    }

    /// <summary>Asked again after a pause; who waits for all places of an offer does not wait for a relay that says nothing.</summary>
    private async ValueTask OnUnansweredAsync(RelayState relay, ReadTarget target)
    {
        if (relay.IsUp)
            _ = relay.Later.TryAdd(target.Address, Now + RefusalPause);
        if (target.Offer is { Round: { } round } offer && IsCurrent(target.Chat))
        {
            _ = round.Add((relay.Id, target.Slot));
            await DecideAnswersAsync(target.Chat, offer).ConfigureAwait(false);
        }
    }

    private bool IsCurrent(Chat chat) => ReferenceEquals(_chats.GetValueOrDefault(chat.Id), chat);

    private async ValueTask TakeReadAnswerAsync(RelayState relay, ReadTarget target, ReadOnlyMemory<byte> cell)
    {
        // what was waited for may have arrived by another way meanwhile
        if (!IsCurrent(target.Chat))
            return;
        if (BoxAnswer.TryRead(cell.Span, out var answer) != CellError.None || answer.Address != target.Address || answer.Class != target.Class)
        {
            await OnLieAsync(relay, target).ConfigureAwait(false);
            return;
        }
        switch (answer.Status)
        {
            case BoxStatus.Refused:
                await OnUnansweredAsync(relay, target).ConfigureAwait(false);
                return;
            case BoxStatus.None:
                LookAhead(relay, target);
                await OnNothingThereAsync(relay, target).ConfigureAwait(false);
                return;
            case BoxStatus.Ok:
                if (SealedBox.TryCreate(answer.Address, answer.Signature, answer.Body, out var box) == BoxError.None && box is not null)
                    await OnBoxAsync(relay, target, box).ConfigureAwait(false);
                else
                    await OnLieAsync(relay, target).ConfigureAwait(false);
                return;
            case BoxStatus.Deleted:
                await OnDeletedAsync(relay, target, new Tombstone(answer.Address, answer.Signature)).ConfigureAwait(false);
                return;
            case BoxStatus.Occupied:
                await OnLieAsync(relay, target).ConfigureAwait(false);
                return;
        }
    }

    /// <summary>Nothing that can't be proved is believed; it counts as no answer.</summary>
    private async ValueTask OnLieAsync(RelayState relay, ReadTarget target)
    {
        Raise(ClientEventKind.RelayMisbehaved, relay: relay);
        await OnUnansweredAsync(relay, target).ConfigureAwait(false);
    }

    /// <summary>The next box is not there: later ones may be, if it was lost.</summary>
    private static void LookAhead(RelayState relay, ReadTarget target)
    {
        if (target.Reader is not { } reader || target.Index != reader.NextIndex)
            return;
        _ = relay.CatchingUp.Remove(reader);
        if (!relay.LookedAhead.Add(reader))
            return;
        foreach (var expected in reader.Expected)
        {
            if (expected.Relay == relay.Id && !expected.IsHole && AheadSteps.Contains((int)Math.Min(expected.Index - reader.NextIndex, 99)))
                _ = relay.Wanted.Add(expected.Address);
        }
    }

    private async ValueTask OnBoxAsync(RelayState relay, ReadTarget target, SealedBox box)
    {
        if (target.Reader is { } reader)
        {
            await OnChannelBoxAsync(relay, target, reader, box).ConfigureAwait(false);
            return;
        }
        var error = target.Keys!.TryOpen(box.Signature, box.Payload, out var opened);
        if (error == BoxError.SignatureInvalid)
        {
            // the relay made it up; what was really written there can't be told
            await OnLieAsync(relay, target).ConfigureAwait(false);
            return;
        }
        using (opened)
        {
            if (target.Try is { } entered)
                await OnOfferAsync(relay, target.Chat, entered, opened).ConfigureAwait(false);
            else if (target.Offer is { } offer)
                await OnAnswerAsync(relay, target, offer, opened).ConfigureAwait(false);
            else if (target.IsLost && opened is { Kind: BoxKind.Answer })
                await LoseWayBackAsync(target.Chat).ConfigureAwait(false);
        }
    }

    private async ValueTask OnChannelBoxAsync(RelayState relay, ReadTarget target, BoxReader reader, SealedBox box)
    {
        var error = reader.TryOpen(relay.Id, box, out var received);
        using (received)
        {
            // what a relay makes up is not the author's doing
            if (error is BoxError.None or BoxError.Rejected or BoxError.FormatUnknown or BoxError.KindUnknown or BoxError.LengthInvalid or BoxError.PaddingInvalid)
                target.Chat.Fetching.Spend(target.Class == BoxClass.Large, Now);
            switch (error)
            {
                case BoxError.None:
                    await TakeBoxAsync(relay, target, reader, received!).ConfigureAwait(false);
                    break;
                case BoxError.SecondContent:
                    _ = relay.Comparisons.Remove(box.Address);
                    await KeepSecondContentAsync(target.Chat, box).ConfigureAwait(false);
                    break;
                case BoxError.NotExpected:
                    // both copies were on their way, and the other came first
                    _ = relay.Comparisons.Remove(box.Address);
                    break;
                case BoxError.NothingThere:
                    break;
                case BoxError.Rejected or BoxError.FormatUnknown or BoxError.KindUnknown or BoxError.LengthInvalid or BoxError.PaddingInvalid:
                    // validly signed by the writer, yet unreadable: never readable, so it is stepped over
                    await StepOverAsync(target, reader).ConfigureAwait(false);
                    break;
                default:
                    await OnLieAsync(relay, target).ConfigureAwait(false);
                    break;
            }
        }
    }

    private async ValueTask OnDeletedAsync(RelayState relay, ReadTarget target, Tombstone tombstone)
    {
        if (target.Reader is { } reader)
        {
            var error = reader.TryOpen(relay.Id, tombstone, out var received);
            if (error == BoxError.None)
            {
                received!.Dispose();
                target.Chat.Fetching.Spend(isLarge: false, Now);
                await StepOverAsync(target, reader).ConfigureAwait(false);
            }
            else if (error == BoxError.SignatureInvalid)
                await OnLieAsync(relay, target).ConfigureAwait(false);
            return;
        }
        if (target.Keys!.TryAccept(tombstone) != BoxError.None)
        {
            await OnLieAsync(relay, target).ConfigureAwait(false);
            return;
        }
        if (target.Try is { } entered)
            await OnOfferGoneAsync(relay, target.Chat, entered).ConfigureAwait(false);
        else if (target.Offer is { } offer)
            await OnAnswerAsync(relay, target, offer, null).ConfigureAwait(false);
        else if (target.IsLost)
            await LoseWayBackAsync(target.Chat).ConfigureAwait(false);
    }

    private async ValueTask StepOverAsync(ReadTarget target, BoxReader reader)
    {
        if (target.Channel == SessionChannel.Temporary)
        {
            // a piece that is gone never comes: what is left of the text can't be shown
            if (target.Session!.Fetches.FirstOrDefault(f => ReferenceEquals(f.Reader, reader)) is { } fetch)
                await EndFetchAsync(target, fetch).ConfigureAwait(false);
            return;
        }
        reader.Abandon(target.Index, Now);
        var effect = new Effect();
        using var transaction = Store.Begin();
        SessionSlot.Put(transaction, target.Session!);
        // it was written, and by nobody but the author
        if (target.Channel != SessionChannel.Confirm)
            AddNoticeOnce(transaction, target.Chat, ChatNotice.MessagesMissing, effect);
        await CommitAsync(transaction, target.Chat).ConfigureAwait(false);
        RaiseLines(target.Chat, effect);
        WantNew(target.Chat);
    }
}
