using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <content>What comes due with time: acknowledgements, leases, standing offers, repairs, and forgetting.</content>
internal sealed partial class Engine
{
    private static readonly TimeSpan StandingPeriod = TimeSpan.FromDays(30);
    private static readonly TimeSpan BoxLife = TimeSpan.FromDays(21);
    private static readonly TimeSpan ResendLife = TimeSpan.FromDays(90);
    private const int MaxKeptBoxes = 2_000;

    // chats that were read from the store, at the start or after a step that failed: a step may have stopped half-way in them
    private readonly HashSet<ChatId> _unfinished = [];

    private async ValueTask CareForChatsAsync()
    {
        if (Store.IsReadOnly)
            return;
        foreach (var chat in _chats.Values.Where(c => c.IsDeleted || (c.Ending is null or ChatStage.Left && c.Device is not null)).ToArray())
        {
            try
            {
                if (chat.IsDeleted)
                {
                    await FinishDeletingAsync(chat).ConfigureAwait(false);
                    continue;
                }
                if (_unfinished.Remove(chat.Id))
                    await GuardAsync(chat, () => FinishStepsAsync(chat)).ConfigureAwait(false);
                await GuardAsync(chat, () => CareForChatAsync(chat)).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // one chat's failure must not stop the others
            catch (Exception failure)
#pragma warning restore CA1031
            {
                OnFailure(failure);
            }
        }
    }

    private async ValueTask CareForChatAsync(Chat chat)
    {
        LookForOffers(chat);
        using var transaction = Store.Begin();
        var effect = new Effect();
        if (!Care(transaction, chat, effect))
            return;
        ChatSlot.Put(transaction, chat);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        RaiseLines(chat, effect);
        Raise(ClientEventKind.ChatChanged, chat);
    }

    /// <summary>Does what follows an agreement where a crash or a full disk came between the two.</summary>
    private async ValueTask FinishStepsAsync(Chat chat)
    {
        if (chat.Ending is not null)
            return;
        await AnswerStandingOffersAsync(chat).ConfigureAwait(false);
        if (chat.Current is not { } session)
            return;
        if (session.IsConfirmed && (session.StandingSent is null || chat.Sessions.Any(s => s != session && s is { IsConfirmed: true, IsRetired: false })))
            await OnOpenAsync(chat, session).ConfigureAwait(false);
        if (chat.Sessions.Any(s => s.IsRetired))
            await SendAgainAsync(chat).ConfigureAwait(false);
        await FlushWaitingAsync(chat).ConfigureAwait(false);
    }

    /// <summary>What was left keeps its keys until the goodbye is at its relays, or its time is over.</summary>
    private bool CareForLeft(StoreTransaction transaction, Chat chat)
    {
        var done = chat.Sessions.Where(IsSaid).ToArray();
        foreach (var session in done)
        {
            EndSession(transaction, chat, session);
        }
        return done.Length > 0;
    }

    private bool IsSaid(ChatSession session) => session.Boxes.All(b => b.Copies.All(c => c.IsThere) || Now - b.SealedAt > BoxLife);

    private bool Care(StoreTransaction transaction, Chat chat, Effect effect)
    {
        if (chat.Ending == ChatStage.Left)
            return CareForLeft(transaction, chat);
        var changed = ForgetOffers(chat) | GiveUpReturns(chat);
        foreach (var session in chat.Sessions.ToArray())
        {
            if (session.RetiredUntil <= Now || (session.IsParted && IsSaid(session)))
            {
                EndSession(transaction, chat, session);
                changed = true;
                continue;
            }
            if (CareForSession(transaction, chat, session, effect))
            {
                SessionSlot.Put(transaction, session);
                changed = true;
            }
        }
        return changed;
    }

    /// <summary>Nobody let this device in while the way back was good, nor can a confirmation still lie anywhere: a new secret is needed.</summary>
    private bool GiveUpReturns(Chat chat)
    {
        var vain = chat.Tries.Where(t => t is { Kind: OfferKind.Standing, Stage: TryStage.Answered, Offer: not null } && chat.Unconfirmed(t) is not null && t.Offer.NotAfter + BoxLife < Now).ToArray();
        foreach (var entered in vain)
            entered.Stage = TryStage.Failed;
        return vain.Length > 0;
    }

    private bool CareForSession(StoreTransaction transaction, Chat chat, ChatSession session, Effect effect)
    {
        var changed = ForgetBoxes(transaction, session);
        changed |= CareForHoles(transaction, chat, session, effect);
        var canAsk = session is { IsConfirmed: true, IsRetired: false, TheyLeft: false } && !session.Lease.IsOut(Now);
        changed |= CareForFetches(transaction, chat, session, canAsk, effect);
        if (!session.IsConfirmed || session.IsRetired || session.TheyLeft)
            return changed;
        // our own renewal goes even to somebody whose lease is out: two who were both away would wait for each other for ever
        if (session.Lease.ShouldRenew(Now))
        {
            WriteControl(transaction, session, session.Lease.Renew(Now));
            changed = true;
        }
        var trusted = !session.Lease.IsOut(Now);
        if (!trusted)
            return changed;
        if (session.StandingSent is { } sent && Now - sent >= StandingPeriod)
        {
            WriteStandingOffer(transaction, chat, session);
            changed = true;
        }
        foreach (var (due, answer) in session.RepairAnswers.Where(a => a.Due <= Now).ToArray())
        {
            _ = session.RepairAnswers.Remove((due, answer));
            WriteControl(transaction, session, answer);
            changed = true;
        }
        if (session.Inputs.Select(i => i.Input.Log).FirstOrDefault(l => session.Repairs.HasToAsk(l, Now)) is { } incomplete)
        {
            session.Repairs.NoteHoles(Now, Random);
            if (session.Repairs.TakeRequest(incomplete, Now, trusted) is { } request)
            {
                WriteControl(transaction, session, request);
                changed = true;
            }
        }
        if (session.Acknowledgements.IsDue(Now, trusted))
        {
            if (Acknowledge(session) is { } acknowledgement)
                WriteControl(transaction, session, acknowledgement);
            session.Acknowledgements.NoteSent();
            changed = true;
        }
        return changed;
    }

    /// <summary>Forgets the keys of what was missing for too long, and tells of what can't come any more.</summary>
    private bool CareForHoles(StoreTransaction transaction, Chat chat, ChatSession session, Effect effect)
    {
        var changed = false;
        foreach (var (_, reader) in session.Readers)
            changed |= reader.Holes.Count > 0 && reader.DropHoles(Now - BoxLife) > 0;
        foreach (var (_, input) in session.Inputs)
        {
            if (!input.GiveUpLost())
                continue;
            changed = true;
            session.Acknowledgements.NoteReceived(MessageType.Text, Now, Random);
            AddNoticeOnce(transaction, chat, ChatNotice.MessagesMissing, effect);
        }
        return changed;
    }

    /// <summary>The private halves of offers live as long as an answer may come, no longer.</summary>
    private bool ForgetOffers(Chat chat)
    {
        var changed = false;
        if (chat.Link is { IsUsed: false } link && link.Offer.CheckTime(Now) == OfferError.Expired)
        {
            // nobody came in by it: another can be made
            link.Dispose();
            chat.Link = null;
            changed = true;
        }
        foreach (var offer in chat.Standing.Where(o => o.IsUsed || o.Offer.CheckTime(Now) == OfferError.Expired).ToArray())
        {
            _ = chat.Standing.Remove(offer);
            offer.Dispose();
            changed = true;
        }
        return changed;
    }

    private bool ForgetBoxes(StoreTransaction transaction, ChatSession session)
    {
        var old = session.Boxes.Where(b => Now - b.SealedAt > ResendLife).Concat(session.Boxes.Where(b => b.IsSent).Take(Math.Max(0, session.Boxes.Count(b => b.IsSent) - MaxKeptBoxes))).Distinct().ToArray();
        DropBoxes(transaction, session, old);
        // a box goes from relays when its time is over; what nobody has acknowledged is put again before
        var fading = session.Boxes.SelectMany(b => b.Copies).Where(c => c.IsThere && Now - c.NotBefore > BoxLife - TimeSpan.FromDays(2)).ToArray();
        foreach (var copy in fading)
        {
            copy.IsThere = false;
            copy.NotBefore = Now + Spread(TimeSpan.FromDays(1));
        }
        return old.Length > 0 || fading.Length > 0;
    }

    private void ConsiderDue(Chat chat, Action<DateTimeOffset> consider)
    {
        if (chat.Ending == ChatStage.Stopped)
            return;
        foreach (var delete in chat.Deletes)
            consider(delete.NotBefore);
        foreach (var session in chat.Sessions)
        {
            foreach (var box in session.Boxes)
            {
                foreach (var copy in box.Copies.Where(c => !c.IsThere && c.NotBefore > Now))
                    consider(copy.NotBefore);
            }
            if (session.RetiredUntil is { } until)
                consider(until);
            foreach (var fetch in session.Fetches)
                consider(fetch.NextAsk);
            if (session.IsRetired || session.TheyLeft || !session.IsConfirmed || session.Lease.IsOut(Now))
                continue;
            if (session.Acknowledgements.Due is { } acknowledge)
                consider(acknowledge);
            if (session.Repairs.AskDue is { } ask)
                consider(ask);
            foreach (var (due, _) in session.RepairAnswers)
                consider(due);
            if (session.StandingSent is { } sent)
                consider(sent + StandingPeriod);
        }
        foreach (var entered in chat.Tries.Where(t => IsUndecided(chat, t)))
            consider(entered.LookAgain > Now ? entered.LookAgain : Now + LookAgainAfter);
        if (chat.Link is { IsUsed: false } link)
            consider(link.Offer.NotAfter + Offer.ClockSkew + TimeSpan.FromMinutes(1));
    }
}
