using System.Security.Cryptography;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>Receiving: from a box to a line, with the advanced state in the same transaction.</content>
internal sealed partial class Engine
{
    private async ValueTask OnReceivedAsync(RelayState relay, ReadTarget target, BoxReader reader, ReceivedBox received)
    {
        var chat = target.Chat;
        var session = target.Session!;
        if (!chat.Sessions.Contains(session))
            return;
        if (target.Channel == SessionChannel.Temporary)
        {
            await OnChunkAsync(target, received).ConfigureAwait(false);
            return;
        }
        var effect = new Effect();
        var passedOver = ulong.MaxValue;
        ExpectedBox[] copies = [];
        using var transaction = Store.Begin();
        if (!TryTake(transaction, chat, session, target.Channel, reader, received, effect))
        {
            // keys are still to be made: the same box is opened again when the budget has more
            _ = relay.Later.TryAdd(target.Address, Now + (session.Steps.Remaining > 0 ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromMinutes(10)));
            return;
        }
        if (target.Channel == SessionChannel.Confirm)
        {
            EndConfirming(session);
        }
        else
        {
            passedOver = reader.NextIndex;
            if (received.Index > passedOver)
            {
                // boxes were passed over: look whether more are behind
                _ = relay.CatchingUp.Add(reader);
                _ = relay.LookedAhead.Remove(reader);
            }
            copies = OtherCopies(relay, reader, received.Index);
            reader.Commit(received, Now);
        }
        SessionSlot.Put(transaction, session);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        _fetched += effect.Added.Count(l => l.Kind == MessageKind.Text);
        CompareLater(target, copies);
        WantNew(chat);
        WantHoles(chat, reader, passedOver, received.Index);
        RaiseLines(chat, effect);
        if (effect.IsOpened)
            await OnOpenAsync(chat, session).ConfigureAwait(false);
        if (effect.IsRenewed)
            await FlushWaitingAsync(chat).ConfigureAwait(false);
        if (effect.IsProved)
            await ConcludeProofsAsync(chat).ConfigureAwait(false);
        if (effect.IsOpened || effect.IsChatChanged || effect.Added.Count > 0)
            Raise(ClientEventKind.ChatChanged, chat);
        foreach (var (signal, written) in effect.Signals)
            await HearAsync(chat, signal, written).ConfigureAwait(false);
    }

    private static void EndConfirming(ChatSession session)
    {
        if (!session.IsConfirmed)
            return;
        session.ConfirmIn?.Dispose();
        session.ConfirmIn = null;
    }

    private void RaiseLines(Chat chat, Effect effect)
    {
        foreach (var line in effect.Added)
            Raise(ClientEventKind.MessageAdded, chat, line);
        foreach (var line in effect.Changed)
            Raise(ClientEventKind.MessageChanged, chat, line);
    }

    /// <summary>Opens a box of a channel and does what it says; false if it is to be tried again, with nothing changed.</summary>
    private bool TryTake(StoreTransaction transaction, Chat chat, ChatSession session, SessionChannel channel, BoxReader reader, ReceivedBox received, Effect effect)
    {
        var carrier = channel == SessionChannel.Data ? ContentCarrier.DataBox : ContentCarrier.Session;
        if (received.Kind != (carrier == ContentCarrier.DataBox ? BoxKind.Data : BoxKind.Session))
            return true;
        Span<byte> plaintext = stackalloc byte[ContentSizes.MaxContent(carrier)];
        var length = 0;
        if (carrier == ContentCarrier.DataBox)
        {
            received.Body.CopyTo(plaintext);
            length = received.Body.Length;
        }
        else
        {
            session.Steps.Refill(Now);
            switch (session.Ratchet.TryDecrypt(received.Body, session.Steps, plaintext, out length))
            {
                case SessionError.None:
                    break;
                case SessionError.NeedsMoreWork:
                    return false;
                default:
                    // signed by the writer of the channel, yet not from the state in which its last message left it: stepped over and told
                    if (channel == SessionChannel.Pair)
                        AddNoticeOnce(transaction, chat, ChatNotice.TheirStateWentBack, effect);
                    return true;
            }
        }
        if (ContentMessage.TryRead(plaintext[..length], carrier, out var content) == MessageError.None)
            TakeContent(transaction, chat, session, channel, reader, received.Index, content, effect);
        CryptographicOperations.ZeroMemory(plaintext);
        return true;
    }

    private void TakeContent(StoreTransaction transaction, Chat chat, ChatSession session, SessionChannel channel, BoxReader reader, ulong index, in ContentMessage content, Effect effect)
    {
        if (channel == SessionChannel.Confirm)
        {
            if (!session.IsConfirmed && content.Header.Type == MessageType.Confirm && ConfirmMessage.TryRead(content.Body, out var confirm) == MessageError.None)
                TakeConfirm(session, confirm, content.Header.Generation, effect);
            return;
        }
        var input = session.Inputs.First(i => ReferenceEquals(i.Input.Reader, reader)).Input;
        switch (input.Log.Add(index, content))
        {
            case LogOutcome.Added or LogOutcome.AddedLate:
                break;
            case LogOutcome.Inconsistent:
                AddNoticeOnce(transaction, chat, ChatNotice.TwoVersions, effect);
                break;
            case LogOutcome.Equivocation:
                AddNoticeOnce(transaction, chat, ChatNotice.TwoVersions, effect);
                return;
            default:
                return;
        }
        session.Clock.Observe(content.Header.Time, Now);
        if (input.Generations.Observe(content.Header.Number, content.Header.Generation) == GenerationFinding.WentBack)
            AddNoticeOnce(transaction, chat, ChatNotice.TheirStateWentBack, effect);
        if (channel == SessionChannel.Pair)
            DropBoxes(transaction, session, session.Boxes.Where(b => b.Channel == SessionChannel.Confirm).ToArray());
        session.Acknowledgements.NoteReceived(content.Header.Type, Now, Random);
        if (input.Log.Holes.Count > 0)
            session.Repairs.NoteHoles(Now, Random);
        TakeBody(transaction, chat, session, input, index, content, effect);
        var riders = content.Riders;
        while (riders.MoveNext())
            TakeControl(transaction, chat, session, riders.Type, riders.Body, effect);
    }

    private static void TakeConfirm(ChatSession session, in ConfirmMessage confirm, uint generation, Effect effect)
    {
        if (!ReadCapability.TryRead(confirm.PairChannel, out var pair) || !ReadCapability.TryRead(confirm.DataChannel, out var data))
            return;
        var relays = RelayIds(session.InRelays);
        session.PairIn = InChannel.Start(pair, relays, generation);
        session.DataIn = InChannel.Start(data, relays, generation);
        session.IsConfirmed = true;
        effect.IsOpened = true;
    }

    private void TakeBody(StoreTransaction transaction, Chat chat, ChatSession session, InChannel input, ulong index, in ContentMessage content, Effect effect)
    {
        switch (content.Header.Type)
        {
            case MessageType.Text:
                if (TextMessage.TryRead(content.Body, out var text) == MessageError.None)
                    AddTheirs(transaction, chat, MessageId.FromBytes(content.Header.Secret.Bytes), MessageKind.Text, content.Header.Time, text!.Text, effect);
                break;
            case MessageType.TextPart:
                if (TextPartMessage.TryRead(content.Body, out var part) == MessageError.None && session.Parts.TryAdd(part!, out var whole) == MessageError.None && whole is not null)
                    AddTheirs(transaction, chat, MessageId.FromBytes(part!.Text.Bytes), MessageKind.Text, content.Header.Time, whole, effect);
                break;
            case MessageType.Attachment:
                TakePointer(transaction, chat, session, input, index, content, effect);
                break;
            case MessageType.CallSignal:
                if (CallSignalMessage.TryRead(content.Body, out var signal) == MessageError.None)
                    TakeSignal(session, signal!, content.Header.Time.Time, effect);
                break;
            case MessageType.Unknown:
                if (!content.Header.IsControl && !content.Header.Flags.HasFlag(ContentOptions.Ignorable))
                    AddTheirs(transaction, chat, MessageId.FromBytes(content.Header.Secret.Bytes), MessageKind.Unknown, content.Header.Time, "", effect);
                break;
            default:
                TakeControl(transaction, chat, session, content.Header.Type, content.Body, effect);
                break;
        }
    }

    private void AddTheirs(StoreTransaction transaction, Chat chat, MessageId id, MessageKind kind, ContentTime time, string text, Effect effect)
    {
        // a double of what was said in another session, or a name that is taken: shown once
        if (chat.Find(id) is not null || Store.Facts.Contains(ChatFacts.EntityOf(id)))
            return;
        var line = new Line
        {
            Id = id,
            Kind = kind,
            Own = false,
            Time = time.Time,
            Arrived = Now,
            Text = text,
            State = DeliveryState.Received,
            Position = chat.NextPosition,
        };
        chat.Add(line);
        ChatFacts.PutLine(transaction, chat, line);
        effect.Added.Add(line);
    }

    private void TakeControl(StoreTransaction transaction, Chat chat, ChatSession session, MessageType type, ReadOnlySpan<byte> body, Effect effect)
    {
        switch (type)
        {
            case MessageType.Acknowledgement when AcknowledgementMessage.TryRead(body, out var acknowledgement) == MessageError.None:
                TakeAcknowledgement(transaction, chat, session, acknowledgement!, effect);
                break;
            case MessageType.TrustLease when TrustLeaseMessage.TryRead(body, out var lease) == MessageError.None:
                effect.IsRenewed |= session.Lease.IsOut(Now);
                session.Lease.NoteRenewal(lease!, Now);
                break;
            case MessageType.ReadCapability when ReadCapabilityMessage.TryRead(body, out var grant) == MessageError.None:
                TakeCapability(transaction, chat, session, grant, effect);
                break;
            case MessageType.StandingOffer when StandingOfferMessage.TryRead(body, out var standing) == MessageError.None:
                TakeStandingOffer(transaction, chat, standing.Offer);
                break;
            case MessageType.AlsoProof when AlsoProofMessage.TryRead(body, out var also) == MessageError.None:
                TakeAlsoProof(chat, session, also, effect);
                break;
            case MessageType.RepairRequest when RepairRequestMessage.TryRead(body, out var request) == MessageError.None:
                TakeRepairRequest(session, request!);
                break;
            case MessageType.RepairAnswer when RepairAnswerMessage.TryRead(body, out var answer) == MessageError.None:
                TakeRepairAnswer(transaction, chat, session, answer!, effect);
                break;
            case MessageType.ChainLinks when ChainLinksMessage.TryRead(body, out var links) == MessageError.None:
                TakeLinks(transaction, chat, links!, effect);
                break;
            case MessageType.BellHead when BellHeadMessage.TryRead(body, out var bells) == MessageError.None:
                CompareBells(bells!);
                break;
            case MessageType.Leave when LeaveMessage.TryRead(body, out _) == MessageError.None && !session.TheyLeft:
                session.TheyLeft = true;
                effect.Added.Add(AddNotice(transaction, chat, ChatNotice.TheyLeft, ""));
                break;
            default:
                break; // of no use in a chat of two, or from a later version
        }
    }

    private static void TakeAcknowledgement(StoreTransaction transaction, Chat chat, ChatSession session, AcknowledgementMessage message, Effect effect)
    {
        foreach (var acknowledged in message.Channels)
        {
            foreach (var (channel, log) in session.OutLogs.ToArray())
            {
                if (log.Channel != acknowledged.Channel || !log.TryAcknowledge(acknowledged, out var received))
                    continue;
                var indices = received.Select(n => log.FirstIndex + n).ToHashSet();
                if (log.Followed.Count == 0)
                    _ = session.OldPairOuts.Remove(log);
                var boxes = session.Boxes.Where(b => b.Channel == channel && indices.Contains(b.Index)).ToArray();
                DropBoxes(transaction, session, boxes);
                foreach (var message2 in boxes.Select(b => b.Message).OfType<MessageId>().Distinct())
                    MarkReceived(transaction, chat, session, message2, effect);
            }
        }
    }

    private static void MarkReceived(StoreTransaction transaction, Chat chat, ChatSession session, MessageId message, Effect effect)
    {
        var rest = session.Boxes.Of(message).ToArray();
        // the boxes of a long text are not acknowledged one by one: the pointer speaks for them, once the text is whole
        if (rest.Any(b => b.Channel != SessionChannel.Temporary) || chat.Find(message) is not { Own: true } line || line.State == DeliveryState.Received)
            return;
        DropBoxes(transaction, session, rest);
        line.State = DeliveryState.Received;
        ChatFacts.PutState(transaction, line);
        effect.Changed.Add(line);
    }

    private static void DropBoxes(StoreTransaction transaction, ChatSession session, IReadOnlyList<SentBox> boxes)
    {
        foreach (var box in boxes)
        {
            SessionSlot.EraseBox(transaction, session, box);
            session.Boxes.Remove(box);
        }
    }

    /// <summary>The other side goes on in a new pair channel; what is missing of the old one is still read.</summary>
    private void TakeCapability(StoreTransaction transaction, Chat chat, ChatSession session, in ReadCapabilityMessage grant, Effect effect)
    {
        if (grant.Kind != Protocol.Chats.ChannelKind.Pair || session.PairIn is not { } present || !ReadCapability.TryRead(grant.Capability, out var capability))
            return;
        var next = InChannel.Start(capability, RelayIds(session.InRelays), present.Generations.Highest);
        // a channel can be named once: a writer that names one again goes nowhere
        if (session.Inputs.Any(i => i.Input.Log.Channel == next.Log.Channel))
        {
            next.Dispose();
            return;
        }
        if (session.OldPairIns.Count == MaxOldChannels)
        {
            // the oldest gives way, so that one who replaces its channel is always followed
            var oldest = session.OldPairIns[0];
            if (oldest.Log.Holes.Count > 0)
                AddNoticeOnce(transaction, chat, ChatNotice.MessagesMissing, effect);
            session.OldPairIns.RemoveAt(0);
            oldest.Dispose();
        }
        session.OldPairIns.Add(present);
        session.PairIn = next;
    }

    private const int MaxOldChannels = 16;

    private static void TakeStandingOffer(StoreTransaction transaction, Chat chat, ReadOnlySpan<byte> bytes)
    {
        if (Offer.TryRead(bytes, out var offer) != OfferError.None || offer is not { Kind: OfferKind.Standing } || chat.TheirChain is not { } theirs)
            return;
        var key = offer.IdentityKey;
        if (!offer.FirstLink.SequenceEqual(theirs.First.Bytes) || !theirs.Devices.Any(d => d.Agreement == key))
            return;
        // times are full hours: of two made within one the later to come counts
        if (chat.TheirOffer is { } known && known.NotAfter > offer.NotAfter)
            return;
        chat.TheirOffer = offer;
        ChatFacts.PutTheirOffer(transaction, chat);
    }

    private static void TakeAlsoProof(Chat chat, ChatSession session, in AlsoProofMessage also, Effect effect)
    {
        var id = also.SecretId;
        if (chat.Sessions.FirstOrDefault(s => s != session && id.Bytes.SequenceEqual(s.Secret.Id.Bytes)) is not { } other)
            return;
        var theirRole = session.Role == AgreementRole.Owner ? AgreementRole.Guest : AgreementRole.Owner;
        if (!other.Exporter.VerifyAlso(theirRole, session.Id, also.Proof))
            return;
        session.AlsoProved = true;
        effect.IsProved = true;
    }

    private void TakeRepairRequest(ChatSession session, RepairRequestMessage request)
    {
        // the names of temporary channels are not kept, and need not be: their indices are random, and all of them are this reader's
        var (channel, log) = session.OutLogs.FirstOrDefault(o => o.Log.Channel == request.Channel);
        if (log is null)
            channel = SessionChannel.Temporary;
        var asked = request.Indices.ToHashSet();
        var boxes = session.Boxes.Where(b => b.Channel == channel && asked.Contains(b.Index)).ToDictionary(b => b.Index);
        if (session.Repairs.Answer(request, log?.FirstIndex ?? 0, boxes.ContainsKey, Now, !session.Lease.IsOut(Now)) is not { } answer)
            return;
        var due = RepairPlanner.AnswerTime(Now, Random);
        foreach (var copy in answer.Boxes.Where(a => a.Value).SelectMany(a => boxes[a.Key].Copies))
        {
            copy.IsThere = false;
            copy.NotBefore = due;
        }
        session.RepairAnswers.Add((due, answer));
    }

    private void TakeRepairAnswer(StoreTransaction transaction, Chat chat, ChatSession session, RepairAnswerMessage answer, Effect effect)
    {
        foreach (var input in session.Inputs.Select(i => i.Input).Where(c => c.Log.Channel == answer.Channel))
        {
            foreach (var (index, _) in answer.Boxes.Where(b => !b.Value && input.Log.Holes.Contains(b.Key)))
            {
                input.Log.MarkLost(index);
                input.Reader.Abandon(index, Now);
                AddNoticeOnce(transaction, chat, ChatNotice.MessagesMissing, effect);
            }
        }
        foreach (var fetch in session.Fetches.Where(f => f.Boxes == answer.Channel && answer.Boxes.Any(b => !b.Value && f.Missing.Contains(b.Key))).ToArray())
            GiveUp(transaction, chat, session, fetch, effect);
    }

    private void CompareBells(BellHeadMessage message)
    {
        foreach (var head in message.Heads)
        {
            if (RelayId.TryRead(head.Relay.Bytes, out var id) && _relays.TryGetValue(id, out var relay) && !relay.Compare(head.Number, head.Hash))
                Raise(ClientEventKind.RelayMisbehaved, relay: relay);
        }
    }

    private void TakeLinks(StoreTransaction transaction, Chat chat, ChainLinksMessage message, Effect effect)
    {
        if (message.Chain == chat.OwnChain.Id && message.Links.Count > 0)
        {
            TakeOwnLinks(transaction, chat, message, effect);
            return;
        }
        if (chat.TheirChain is not { } theirs || theirs.Id != message.Chain)
            return;
        foreach (var link in message.Links)
            _ = theirs.TryAppend(link, out _);
        _ = theirs.NoteHead(message.Head);
        ChatFacts.PutTheirChain(transaction, chat);
        effect.IsChatChanged = true;
    }

    // ---- notices ----

    private Line AddNotice(StoreTransaction transaction, Chat chat, ChatNotice notice, string text)
    {
        var line = new Line
        {
            Id = MessageId.FromBytes(MessageSecret.Generate(Random).Bytes),
            Kind = MessageKind.Notice,
            Own = false,
            Notice = notice,
            Time = Now,
            Arrived = Now,
            Text = text,
            State = DeliveryState.Received,
            Position = chat.NextPosition,
        };
        chat.Add(line);
        ChatFacts.PutLine(transaction, chat, line);
        return line;
    }

    private void AddNoticeOnce(StoreTransaction transaction, Chat chat, ChatNotice notice, Effect effect)
    {
        if (!chat.Lines.Any(l => l.Notice == notice))
            effect.Added.Add(AddNotice(transaction, chat, notice, ""));
    }
}
