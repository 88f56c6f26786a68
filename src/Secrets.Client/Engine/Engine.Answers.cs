using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chains;
using Secrets.Protocol.Sessions;
using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>Offers found, answers given and taken.</content>
internal sealed partial class Engine
{
    private static AgreementContext ContextOf(OfferKind kind, Chat chat) =>
        kind == OfferKind.Standing ? AgreementContext.Standing(chat.ProtocolId) : AgreementContext.None;

    // ---- as guest ----

    private async ValueTask OnOfferAsync(RelayState relay, Chat chat, SecretTry entered, OpenedBox? opened)
    {
        if (entered.Stage != TryStage.Searching)
            return;
        Offer? offer = null;
        var error = opened is { Kind: BoxKind.Offer } ? Offer.TryAccept(entered.Secret, opened.Body, Now, out offer) : OfferError.Malformed;
        switch (error)
        {
            case OfferError.None:
                await AnswerAsync(chat, entered, offer!).ConfigureAwait(false);
                break;
            case OfferError.Expired or OfferError.TooLong:
                await FailTryAsync(chat, entered).ConfigureAwait(false);
                break;
            default:
                // whoever has the secret may write there; what doesn't hash to it is nothing
                _ = entered.SaidNone.Add(relay.Id);
                break;
        }
    }

    private async ValueTask OnNothingThereAsync(RelayState relay, ReadTarget target)
    {
        if (target.Try is { } entered)
            _ = entered.SaidNone.Add(relay.Id);
        else if (target is { Channel: SessionChannel.Confirm, Session: { IsConfirmed: false } session })
            await OnNoConfirmationAsync(relay, target.Chat, session).ConfigureAwait(false);
        else if (target.Offer is { Round: { } round } offer)
        {
            _ = round.Add((relay.Id, target.Slot));
            await DecideAnswersAsync(target.Chat, offer).ConfigureAwait(false);
        }
    }

    private async ValueTask OnOfferGoneAsync(RelayState relay, Chat chat, SecretTry entered)
    {
        _ = entered.SaidNone.Add(relay.Id);
        if (entered.Stage == TryStage.Searching)
            await FailTryAsync(chat, entered).ConfigureAwait(false);
        else
            LookForConfirmation(relay, chat, entered);
    }

    private async ValueTask FailTryAsync(Chat chat, SecretTry entered)
    {
        entered.Stage = TryStage.Failed;
        using var transaction = Store.Begin();
        ChatSlot.Put(transaction, chat);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        AfterChange(chat);
    }

    /// <summary>Answers an offer once: agreement, channels and answer are stored before anything is written to a relay.</summary>
    private async ValueTask AnswerAsync(Chat chat, SecretTry entered, Offer offer)
    {
        var there = Permitted(chat, entered, offer.Relays);
        if (there.Count == 0 || !TryKnowOwner(chat, offer, entered.Kind, out var theirs))
        {
            await FailTryAsync(chat, entered).ConfigureAwait(false);
            return;
        }
        using var transaction = Store.Begin();
        var chosen = ChosenRelays;
        var shared = there.Where(chosen.Contains).ToArray();
        var relays = shared.Length > 0 ? shared : [.. there];
        // the owner is told its own addresses of them
        var told = offer.Relays.Where(r => relays.Any(own => IsSameRelay(own, r))).ToArray();
        SetOwnRelays(transaction, chat, relays);
        var pair = OutChannel.Start(WriteCapability.Generate(Random), Protocol.Chats.ContentCarrier.Session);
        var data = OutChannel.Start(WriteCapability.Generate(Random), Protocol.Chats.ContentCarrier.DataBox);
        using var content = new AnswerContent(OwnLinks(chat, entered.Kind), pair.Writer.GrantRead(), data.Writer.GrantRead(), chat.Link?.Secret.Id ?? default, OwnName, told, default);
        var answer = new byte[GuestAgreement.GetAnswerSize(content)];
        if (GuestAgreement.TryCreate(entered.Secret, offer, ContextOf(entered.Kind, chat), chat.Device!.Agreement, content, Random, answer, out var agreement) != OfferError.None || agreement is null)
        {
            pair.Dispose();
            data.Dispose();
            await FailTryAsync(chat, entered).ConfigureAwait(false);
            return;
        }
        var session = ChatSession.AsGuest(agreement, entered, pair, data, relays, there, RelayIds(there), Now);
        entered.Offer = offer;
        entered.Answer = answer;
        entered.Slots = [.. Enumerable.Repeat(1, offer.Relays.Count)];
        entered.IsAt = new bool[offer.Relays.Count];
        entered.Stage = TryStage.Answered;
        chat.TheirChain = theirs;
        chat.TheirName ??= offer.Name;
        if (chat.ProtocolId.IsNone)
            chat.ProtocolId = agreement.Chat;
        chat.Sessions.Add(session);
        ChatFacts.PutPeer(transaction, chat);
        ChatSlot.Put(transaction, chat);
        SessionSlot.Put(transaction, session);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        await FlushWaitingAsync(chat).ConfigureAwait(false);
        AfterChange(chat);
    }

    /// <summary>The identity key in an offer must be that of a device in the owner's chain.</summary>
    private static bool TryKnowOwner(Chat chat, Offer offer, OfferKind kind, out ParticipantChain? theirs)
    {
        theirs = null;
        if (ParticipantChain.TryStart(offer.FirstLink, out var started) != ChainError.None || started is null)
            return false;
        if (chat.TheirChain is { } known)
        {
            if (known.Id != started.Id)
                return false;
            started = known;
        }
        theirs = started;
        var key = offer.IdentityKey;
        return offer.Kind == kind && started.Devices.Any(d => d.Agreement == key);
    }

    // Who returns from a copy tells the whole way from the first link; a newcomer has only that one.
    private static IReadOnlyList<ReadOnlyMemory<byte>> OwnLinks(Chat chat, OfferKind kind)
    {
        var first = chat.OwnChain.First.Bytes.ToArray();
        if (kind != OfferKind.Standing)
            return [first];
        // the newest links are the ones the other side can't have; older ones travel in the session
        return [first, .. chat.OwnChain.Links.TakeLast(1).Select(l => (ReadOnlyMemory<byte>)l.Bytes.ToArray())];
    }

    // ---- as owner ----

    private async ValueTask OnAnswerAsync(RelayState relay, ReadTarget target, OwnOffer offer, OpenedBox? opened)
    {
        if (offer.IsUsed)
            return;
        offer.Seen[(relay.Id, target.Slot)] = opened is { Kind: BoxKind.Answer } ? opened.Body.ToArray() : default;
        if (offer.Round is null)
        {
            // before one is taken all places are read: a second answer must be seen
            offer.Round = [];
            foreach (var other in _relays.Values.Where(r => r.IsUp))
            {
                foreach (var place in AnswerTargets(target.Chat, other).Where(t => ReferenceEquals(t.Offer, offer) && t.Address != target.Address))
                    _ = other.Wanted.Add(place.Address);
            }
        }
        _ = offer.Round.Add((relay.Id, target.Slot));
        await DecideAnswersAsync(target.Chat, offer).ConfigureAwait(false);
    }

    private async ValueTask DecideAnswersAsync(Chat chat, OwnOffer offer)
    {
        var relays = RelayIds(offer.Offer.Relays);
        foreach (var id in relays.Where(id => _relays.TryGetValue(id, out var relay) && relay.IsUp))
        {
            for (var slot = 1; slot <= Meeting.AnswerSlots; slot++)
            {
                if (!offer.Round!.Contains((id, slot)))
                    return;
            }
        }
        offer.Round = null;
        var inOrder = offer.Seen.OrderBy(s => Array.IndexOf(relays, s.Key.Relay)).ThenBy(s => s.Key.Slot).Select(s => s.Value).ToArray();
        await TakeFirstAsync(chat, offer, inOrder).ConfigureAwait(false);
    }

    private async ValueTask TakeFirstAsync(Chat chat, OwnOffer offer, ReadOnlyMemory<byte>[] answers)
    {
        var context = ContextOf(offer.Offer.Kind, chat);
        var seen = new HashSet<Hash256>();
        (Agreement Agreement, AnswerContent Content, ParticipantChain Theirs)? taken = null;
        foreach (var answer in answers)
        {
            var readable = OwnerAgreement.TryReadTranscript(offer.Secret, context, answer.Span, out var transcript);
            if (readable && !seen.Add(transcript))
                continue; // the same answer at another relay
            if (taken is not null || !readable)
                continue;
            if (OwnerAgreement.TryAccept(offer.Secret, offer.Offer, offer.Keys!, context, chat.Device!.Agreement, answer.Span, out var agreement, out var content, out var key) != AnswerError.None)
                continue;
            if (TryKnowGuest(chat, content!, key, out var theirs))
                taken = (agreement!, content!, theirs!);
            else
            {
                agreement!.Dispose();
                content!.Dispose();
            }
        }
        var several = answers.Any(a => !OwnerAgreement.TryReadTranscript(offer.Secret, context, a.Span, out _)) || seen.Count > 1;
        if (offer.Offer.CheckTime(Now) != OfferError.None || taken is null)
        {
            taken?.Agreement.Dispose();
            taken?.Content.Dispose();
            if (several)
                await NoteSeveralHandsAsync(chat).ConfigureAwait(false);
            return;
        }
        using (taken.Value.Content)
            await AcceptAsync(chat, offer, taken.Value.Agreement, taken.Value.Content, taken.Value.Theirs, several).ConfigureAwait(false);
    }

    private static bool TryKnowGuest(Chat chat, AnswerContent content, X25519PublicKey key, out ParticipantChain? theirs)
    {
        theirs = null;
        if (ParticipantChain.TryStart(content.Links[0].Span, out var started) != ChainError.None || started is null || started.Id == chat.OwnChain.Id)
            return false;
        if (chat.TheirChain is { } known)
        {
            // one chat, one participant: by whichever secret they come
            if (known.Id != started.Id)
                return false;
            started = known;
        }
        foreach (var bytes in content.Links.Skip(1))
        {
            if (Link.TryRead(bytes.Span, out var link) != ChainError.None || link is null)
                return false;
            if (started.TryAppend(link, out _) != ChainError.None)
                return false;
        }
        theirs = started;
        return started.Devices.Any(d => d.Agreement == key);
    }

    /// <summary>Takes an answer: in one transaction the secret is used up, its private keys are gone and the session is there; then the confirmation goes out.</summary>
    private async ValueTask AcceptAsync(Chat chat, OwnOffer offer, Agreement agreement, AnswerContent content, ParticipantChain theirs, bool several)
    {
        using var transaction = Store.Begin();
        var isReturn = offer.Offer.Kind == OfferKind.Standing;
        // a guest writes at relays of the offer; others that it names are not gone to
        var named = offer.Offer.Relays.Where(o => content.Relays.Any(r => IsSameRelay(o, r))).ToArray();
        var relays = named.Length > 0 ? named : [.. offer.Offer.Relays];
        var session = ChatSession.AsOwner(agreement, offer, content, relays, RelayIds(relays), Random, Now);
        _ = offer.NoteAnswer(agreement.FirstTranscript);
        chat.TheirChain = theirs;
        chat.TheirName = content.Name.Length > 0 ? content.Name : chat.TheirName;
        if (chat.ProtocolId.IsNone)
            chat.ProtocolId = agreement.Chat;
        if (isReturn)
            PartFromSource(transaction, chat, theirs);
        chat.Sessions.Add(session);
        WriteConfirm(transaction, session);
        AddMeetingDeletes(chat, offer);
        offer.Use();
        List<Line> notices = [AddNotice(transaction, chat, isReturn ? ChatNotice.TheyReturned : ChatNotice.TheyJoined, content.Name)];
        if (several && !isReturn && !chat.SeveralHands)
        {
            MarkSeveralHands(transaction, chat);
            notices.Add(AddNotice(transaction, chat, ChatNotice.SecretInSeveralHands, ""));
        }
        ChatFacts.PutPeer(transaction, chat);
        ChatSlot.Put(transaction, chat);
        SessionSlot.Put(transaction, session);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        foreach (var notice in notices)
            Raise(ClientEventKind.MessageAdded, chat, notice);
        if (isReturn)
            await SendAgainAsync(chat).ConfigureAwait(false);
        await OnOpenAsync(chat, session).ConfigureAwait(false);
        AfterChange(chat);
    }

    private void WriteConfirm(StoreTransaction transaction, ChatSession session)
    {
        Span<byte> pair = stackalloc byte[ReadCapability.Size];
        Span<byte> data = stackalloc byte[ReadCapability.Size];
        using (var capability = session.PairOut!.Writer.GrantRead())
            capability.Write(pair);
        using (var capability = session.DataOut!.Writer.GrantRead())
            capability.Write(data);
        using var draft = Protocol.Chats.ContentDraft.Create(new Protocol.Chats.ConfirmMessage(pair, data), session.Clock.Next(Now));
        WriteDraft(transaction, session, SessionChannel.Confirm, draft, null);
        session.ConfirmOut!.Dispose();
        session.ConfirmOut = null;
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(pair);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(data);
    }

    /// <summary>Offer and answers are deleted once they have served, the places that nobody wrote to as well, spread over a while.</summary>
    private void AddMeetingDeletes(Chat chat, OwnOffer offer)
    {
        if (offer.Offer.Kind == OfferKind.Link)
            AddDeletes(chat, offer.Offer.Relays, Meeting.DeriveOfferChannel(offer.Secret), 1);
        var answers = offer.Offer.Kind == OfferKind.Link
            ? Meeting.DeriveAnswerChannel(offer.Secret)
            : Meeting.DeriveAnswerChannel(offer.Secret, chat.TheirChain!.First.Hash);
        AddDeletes(chat, offer.Offer.Relays, answers, Meeting.AnswerSlots);
    }

    private void AddDeletes(Chat chat, IReadOnlyList<string> relays, WriteCapability channel, int count)
    {
        using (channel)
        {
            for (var i = 0; i < count; i++)
            {
                foreach (var relay in relays)
                {
                    if (!TryGetRelayId(relay, out var id))
                        continue;
                    using var keys = channel.DeriveKeys(id, BoxClass.Small);
                    chat.Deletes.Add(new PendingDelete(relay, keys.SignTombstone(), Now + Spread(DeleteSpread)));
                }
                _ = channel.TryAdvance();
            }
        }
    }

    // short: until the offer is gone a second guest takes it for good; and the places were read together anyway
    private static TimeSpan DeleteSpread => TimeSpan.FromSeconds(2);

    private static void MarkSeveralHands(StoreTransaction transaction, Chat chat)
    {
        chat.SeveralHands = true;
        transaction.Assert(chat.Entity, Schema.SeveralHands, FactValue.Boolean(true));
    }

    private async ValueTask NoteSeveralHandsAsync(Chat chat)
    {
        if (chat.SeveralHands)
            return;
        using var transaction = Store.Begin();
        MarkSeveralHands(transaction, chat);
        var notice = AddNotice(transaction, chat, ChatNotice.SecretInSeveralHands, "");
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.MessageAdded, chat, notice);
        AfterChange(chat);
    }
}
