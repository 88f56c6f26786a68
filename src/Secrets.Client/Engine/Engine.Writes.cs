using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>Writing: everything that waits in the store for a relay, and what the relay says to it.</content>
internal sealed partial class Engine
{
    private static readonly TimeSpan LongestRefusalPause = TimeSpan.FromMinutes(5);

    private void StartWrites(RelayState relay)
    {
        if (relay.Connection is not { } connection || IsRefused(relay))
            return;
        foreach (var chat in _chats.Values)
        {
            if (chat.Ending == ChatStage.Stopped)
                continue;
            StartMeetingWrites(relay, connection, chat);
            foreach (var session in chat.Sessions)
                StartBoxWrites(relay, connection, chat, session);
            StartDeletes(relay, connection, chat);
        }
    }

    // a longer pause than there is is from before the clock was set back
    private bool IsRefused(RelayState relay) => relay.WritesFrom > Now && relay.WritesFrom - Now <= LongestRefusalPause;

    private bool HasDueWrites() =>
        _relays.Values.Where(r => r.IsUp && !IsRefused(r)).Any(relay => _chats.Values.Where(c => c.Ending != ChatStage.Stopped).Any(chat =>
            DueOffer(chat, relay) || chat.Tries.Any(t => DueAnswer(t, relay) >= 0)
            || chat.Sessions.Any(s => s.Boxes.Any(b => b.Copies.Any(c => IsDue(c, b, relay))))
            || chat.Deletes.Any(d => d.NotBefore <= Now + DeleteSpread && IsSameRelay(d.Relay, relay.Address))));

    // ---- boxes of sessions ----

    private bool IsDue(SentCopy copy, SentBox box, RelayState relay) =>
        !copy.IsThere && IsSameRelay(copy.Relay, relay.Address)
        // the first copy goes at once to whichever relay is there; the others wait for their time
        && (copy.NotBefore <= Now || !box.Copies.Any(c => c.IsThere || c.IsUnderway));

    private void StartBoxWrites(RelayState relay, Network.RelayConnection connection, Chat chat, ChatSession session)
    {
        foreach (var box in session.Boxes)
        {
            for (var i = 0; i < box.Copies.Count; i++)
            {
                var copy = box.Copies[i];
                if (!IsDue(copy, box, relay) || relay.Underway.Count >= MaxUnderway)
                    continue;
                if (!Store.TryGetSlot(SessionSlot.BoxSlot(session, box, i), out var slot))
                    continue;
                using (slot)
                {
                    SlotFormat.Require(SealedBox.TryRead(slot.Bytes, out var sealedBox) == BoxError.None);
                    SlotFormat.Require(sealedBox is not null);
                    if (!relay.Underway.Add(sealedBox.Address))
                        continue;
                    if (!box.Copies.Any(c => c.IsThere || c.IsUnderway))
                        DelayOthers(box, copy);
                    copy.IsUnderway = true;
                    Ask(connection, WriteCell(sealedBox), answer => OnWriteAnswerAsync(relay, chat, session, box, copy, sealedBox, answer));
                }
            }
        }
    }

    /// <summary>Further copies go later than the first, wherever that went.</summary>
    private void DelayOthers(SentBox box, SentCopy first)
    {
        // a confirmation is to be everywhere before the offer goes
        if (box.Channel == SessionChannel.Confirm)
            return;
        foreach (var other in box.Copies.Where(c => c != first && !c.IsThere))
            other.NotBefore = Now + _options.CopyDelay + Spread(_options.LatestCopyDelay - _options.CopyDelay);
    }

    private async ValueTask OnWriteAnswerAsync(RelayState relay, Chat chat, ChatSession session, SentBox box, SentCopy copy, SealedBox sent, ReadOnlyMemory<byte>? answer)
    {
        _ = relay.Underway.Remove(sent.Address);
        copy.IsUnderway = false;
        var outcome = Judge(relay, sent, answer, out var evidence);
        if (!ReferenceEquals(_chats.GetValueOrDefault(chat.Id), chat) || !session.Boxes.Contains(box))
        {
            Pump();
            return;
        }
        switch (outcome)
        {
            case WriteOutcome.Kept:
            case WriteOutcome.Deleted:
            // the other side has the key of this one channel too: what it put there is no sign of a copy
            case WriteOutcome.CloneEvidence when box.Channel == SessionChannel.Confirm || chat.IsDeleted:
                await OnKeptAsync(chat, session, box, copy).ConfigureAwait(false);
                break;
            case WriteOutcome.CloneEvidence:
                await StopChatAsync(chat, evidence!).ConfigureAwait(false);
                break;
            case WriteOutcome.RelayBroken:
                Raise(ClientEventKind.RelayMisbehaved, relay: relay);
                Refuse(relay);
                break;
            case WriteOutcome.Later:
                Refuse(relay);
                break;
        }
        await FinishDeletingAsync(chat).ConfigureAwait(false);
        Pump();
    }

    private async ValueTask OnKeptAsync(Chat chat, ChatSession session, SentBox box, SentCopy copy)
    {
        var wasSent = box.IsSent;
        copy.IsThere = true;
        if (!wasSent)
            DelayOthers(box, copy);
        using var transaction = Store.Begin();
        SessionSlot.Put(transaction, session);
        Line? line = null;
        if (box.Message is { } message && chat.Find(message) is { State: DeliveryState.Waiting } waiting
            && session.Boxes.Where(b => b.Message == message).All(b => b.IsSent))
        {
            line = waiting;
            line.State = DeliveryState.Sent;
            ChatFacts.PutState(transaction, line);
        }
        var effect = new Effect();
        // the pointer of a long text was acknowledged before its last box was at a relay
        if (box is { Channel: SessionChannel.Temporary, Message: { } whole } && session.Boxes.All(b => b.Message != whole || b.Channel == SessionChannel.Temporary))
            MarkReceived(transaction, chat, session, whole, effect);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        if (line is not null)
            effect.Changed.Add(line);
        foreach (var changed in effect.Changed.Distinct())
            Raise(ClientEventKind.MessageChanged, chat, changed);
    }

    /// <summary>A validly signed other box lies under our own address: an old copy of this identity writes there. Nothing more is written in this chat.</summary>
    private async ValueTask StopChatAsync(Chat chat, SealedBox evidence)
    {
        using var transaction = Store.Begin();
        var kept = new byte[evidence.EncodedSize];
        evidence.Write(kept);
        StopChat(transaction, chat, kept);
        var line = AddNotice(transaction, chat, ChatNotice.CopyInUse, "");
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.MessageAdded, chat, line);
        Raise(ClientEventKind.ChatChanged, chat);
    }

    private static void StopChat(StoreTransaction transaction, Chat chat, ReadOnlyMemory<byte> evidence)
    {
        chat.Ending = ChatStage.Stopped;
        transaction.Assert(chat.Entity, Schema.Ending, FactValue.Number((long)ChatStage.Stopped));
        transaction.Assert(chat.Entity, Schema.Evidence, FactValue.Bytes(evidence.Span));
    }

    // ---- offers, answers, deletes: made again from the secret whenever they are needed, always the same bytes ----

    private static bool DueOffer(Chat chat, RelayState relay) =>
        chat.Link is { IsUsed: false } link && !link.At.Contains(relay.Id) && IsAt(link.Offer.Relays, relay);

    private static int DueAnswer(SecretTry entered, RelayState relay)
    {
        if (entered.Stage != TryStage.Answered || entered.Offer is null)
            return -1;
        for (var i = 0; i < entered.Offer.Relays.Count; i++)
        {
            if (!entered.IsAt[i] && entered.Slots[i] <= Meeting.AnswerSlots && IsSameRelay(entered.Offer.Relays[i], relay.Address))
                return i;
        }
        return -1;
    }

    private void StartMeetingWrites(RelayState relay, Network.RelayConnection connection, Chat chat)
    {
        if (DueOffer(chat, relay))
        {
            var offer = chat.Link!;
            using var channel = Meeting.DeriveOfferChannel(offer.Secret);
            StartMeetingWrite(relay, connection, channel, 1, BoxKind.Offer, offer.Offer.Bytes, (outcome, _) => OnOfferWrittenAsync(relay, chat, offer, outcome));
        }
        foreach (var entered in chat.Tries)
        {
            var i = DueAnswer(entered, relay);
            if (i < 0)
                continue;
            using var channel = entered.Kind == OfferKind.Standing
                ? Meeting.DeriveAnswerChannel(entered.Secret, chat.OwnChain.First.Hash)
                : Meeting.DeriveAnswerChannel(entered.Secret);
            StartMeetingWrite(relay, connection, channel, entered.Slots[i], BoxKind.Answer, entered.Answer.Span, (outcome, _) => OnAnswerWrittenAsync(relay, chat, entered, i, outcome));
        }
    }

    private void StartMeetingWrite(RelayState relay, Network.RelayConnection connection, WriteCapability channel, int box, BoxKind kind, ReadOnlySpan<byte> body, Func<WriteOutcome, SealedBox?, ValueTask> handle)
    {
        for (var i = 1; i < box; i++)
            _ = channel.TryAdvance();
        using var keys = channel.DeriveKeys(relay.Id, BoxClass.Small);
        var sealedBox = keys.Seal(kind, body);
        if (!relay.Underway.Add(sealedBox.Address))
            return;
        Ask(connection, WriteCell(sealedBox), async answer =>
        {
            _ = relay.Underway.Remove(sealedBox.Address);
            await handle(Judge(relay, sealedBox, answer, out var evidence), evidence).ConfigureAwait(false);
            Pump();
        });
    }

    private async ValueTask OnOfferWrittenAsync(RelayState relay, Chat chat, OwnOffer offer, WriteOutcome outcome)
    {
        // the chat was put back, or is gone
        if (!ReferenceEquals(_chats.GetValueOrDefault(chat.Id), chat))
            return;
        if (outcome == WriteOutcome.Kept && ReferenceEquals(chat.Link, offer) && !offer.IsUsed)
        {
            _ = offer.At.Add(relay.Id);
            using var transaction = Store.Begin();
            ChatSlot.Put(transaction, chat);
            await CommitAsync(transaction, chat).ConfigureAwait(false);
            Raise(ClientEventKind.ChatChanged, chat);
            return;
        }
        // others who have the secret may write or delete there: the offer is then only at the other relays
        if (outcome is WriteOutcome.CloneEvidence or WriteOutcome.Deleted)
            _ = offer.At.Add(relay.Id);
        else
            Refuse(relay);
    }

    private async ValueTask OnAnswerWrittenAsync(RelayState relay, Chat chat, SecretTry entered, int i, WriteOutcome outcome)
    {
        if (!ReferenceEquals(_chats.GetValueOrDefault(chat.Id), chat))
            return;
        switch (outcome)
        {
            case WriteOutcome.Kept:
                entered.IsAt[i] = true;
                break;
            case WriteOutcome.CloneEvidence:
                // not a copy of this device: everybody who has the secret may write here
                entered.Slots[i]++;
                break;
            case WriteOutcome.Deleted:
                // the owner deletes the places once an answer was taken: ours, or another's
                entered.Slots[i] = Meeting.AnswerSlots + 1;
                entered.LookAgain = default;
                LookForOffers(chat);
                break;
            default:
                Refuse(relay);
                return;
        }
        using var transaction = Store.Begin();
        Line? notice = null;
        if (outcome == WriteOutcome.CloneEvidence && !entered.FoundOthers)
        {
            entered.FoundOthers = true;
            notice = AddNotice(transaction, chat, ChatNotice.SecretAnsweredBefore, "");
        }
        ChatSlot.Put(transaction, chat);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        if (notice is not null)
            Raise(ClientEventKind.MessageAdded, chat, notice);
        Raise(ClientEventKind.ChatChanged, chat);
        // a way back is gone once: our answer came nowhere, so it was another import of the same copy that was let in
        if (entered is { Kind: OfferKind.Standing, Stage: TryStage.Answered } && Array.TrueForAll(entered.Slots, s => s > Meeting.AnswerSlots) && !entered.IsAt.Contains(true))
            await FailTryAsync(chat, entered).ConfigureAwait(false);
    }

    private void StartDeletes(RelayState relay, Network.RelayConnection connection, Chat chat)
    {
        // a guest that finds the offer gone looks for its confirmation once: that comes first
        if (chat.Sessions.Any(s => s.Boxes.Any(b => b.Channel == SessionChannel.Confirm && b.Copies.Any(c => !c.IsThere && IsSameRelay(c.Relay, relay.Address)))))
            return;
        foreach (var delete in chat.Deletes.Where(d => d.NotBefore <= Now && IsSameRelay(d.Relay, relay.Address)).ToArray())
        {
            if (relay.Underway.Count >= MaxUnderway || !relay.Underway.Add(delete.Tombstone.Address))
                continue;
            var request = new byte[Cell.HeadSize];
            BoxRequest.WriteDelete(request, delete.Tombstone, BoxClass.Small, Random);
            Ask(connection, request, answer => OnDeleteAnswerAsync(relay, chat, delete, answer));
        }
    }

    private async ValueTask OnDeleteAnswerAsync(RelayState relay, Chat chat, PendingDelete delete, ReadOnlyMemory<byte>? answer)
    {
        _ = relay.Underway.Remove(delete.Tombstone.Address);
        if (answer is { } cell && BoxAnswer.TryRead(cell.Span, out var read) == CellError.None && read.Status is BoxStatus.Ok or BoxStatus.Deleted)
        {
            if (chat.Deletes.Remove(delete) && ReferenceEquals(_chats.GetValueOrDefault(chat.Id), chat))
            {
                using var transaction = Store.Begin();
                ChatSlot.Put(transaction, chat);
                await CommitAsync(transaction, chat).ConfigureAwait(false);
                await FinishDeletingAsync(chat).ConfigureAwait(false);
            }
        }
        else
            Refuse(relay);
        Pump();
    }

    private static byte[] WriteCell(SealedBox box)
    {
        var cell = new byte[box.Class.CellSize];
        BoxRequest.WriteWrite(cell, box, allowShortAnswer: true);
        return cell;
    }

    private static WriteOutcome Judge(RelayState relay, SealedBox sent, ReadOnlyMemory<byte>? answer, out SealedBox? evidence)
    {
        evidence = null;
        if (answer is not { } cell)
            return WriteOutcome.Later;
        if (BoxAnswer.TryRead(cell.Span, out var read) != CellError.None)
            return WriteOutcome.RelayBroken;
        var outcome = WriteReceipt.Judge(sent, read, out evidence);
        if (outcome == WriteOutcome.Kept)
            relay.Refusals = 0;
        return outcome;
    }

    /// <summary>Leaves a relay that refused in peace for a while, longer each time.</summary>
    private void Refuse(RelayState relay)
    {
        if (IsRefused(relay))
            return;
        var pause = RefusalPause * Math.Pow(2, Math.Min(relay.Refusals++, 6));
        relay.WritesFrom = Now + (pause < LongestRefusalPause ? pause : LongestRefusalPause);
    }
}
