using System.Security.Cryptography;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;
using Secrets.Transport.Boxes;

namespace Secrets.Client.Engine;

/// <content>Sending: from a text to sealed boxes in the store. Nothing here touches the network.</content>
internal sealed partial class Engine
{
    private const ulong MaxPairBoxes = 255; // the 256th names the next channel

    private static readonly TimeSpan PairLife = TimeSpan.FromDays(30);
    private static readonly TimeSpan BellHeadPause = TimeSpan.FromHours(6);

    /// <summary>Says something in a chat; it is kept before this returns, and goes out by itself.</summary>
    public async ValueTask<Line> SendTextAsync(Chat chat, string text)
    {
        RequireWritable();
        RequireOpen(chat);
        if (chat.Stage is ChatStage.SecretFailed or ChatStage.NeedsNewSecret)
            throw new ClientException(ClientError.NobodyThere);
        if (ChatText.TryEncode(text, out _) != MessageError.None)
            throw new ClientException(ClientError.BadText);
        var line = new Line
        {
            Id = MessageId.FromBytes(MessageSecret.Generate(Random).Bytes),
            Kind = MessageKind.Text,
            Own = true,
            Time = Now,
            Arrived = Now,
            Text = text,
            State = DeliveryState.Waiting,
            Position = chat.NextPosition,
        };
        await GuardAsync(chat, () => KeepTextAsync(chat, line)).ConfigureAwait(false);
        Raise(ClientEventKind.MessageAdded, chat, line);
        Pump();
        return line;
    }

    private async ValueTask KeepTextAsync(Chat chat, Line line)
    {
        using var transaction = Store.Begin();
        chat.Add(line);
        ChatFacts.PutLine(transaction, chat, line);
        if (chat.Current is { } session && !session.Lease.IsOut(Now))
        {
            WriteText(transaction, session, line);
            SessionSlot.Put(transaction, session);
        }
        await CommitAsync(transaction, chat).ConfigureAwait(false);
    }

    /// <summary>Seals what was said while nobody was there.</summary>
    private async ValueTask FlushWaitingAsync(Chat chat)
    {
        // to somebody who has not renewed for a month nothing is written, as to somebody who is gone (decision 18)
        if (chat.Current is not { } session || session.Lease.IsOut(Now))
            return;
        var waiting = chat.Lines.Where(l => l is { Own: true, Kind: MessageKind.Text, State: DeliveryState.Waiting } && !chat.Sessions.Any(s => s.Boxes.Has(l.Id))).ToArray();
        if (waiting.Length == 0)
            return;
        using var transaction = Store.Begin();
        foreach (var line in waiting)
            WriteText(transaction, session, line);
        SessionSlot.Put(transaction, session);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
    }

    /// <summary>Says again, in the session that stands, what the other side has not acknowledged in another one; it knows doubles by their secrets.</summary>
    private async ValueTask SendAgainAsync(Chat chat)
    {
        if (chat.Current is not { } session)
            return;
        var missing = chat.Lines.Where(l => l is { Own: true, Kind: MessageKind.Text } && l.State != DeliveryState.Received && !session.Boxes.Has(l.Id)).ToArray();
        if (missing.Length == 0)
            return;
        using var transaction = Store.Begin();
        foreach (var line in missing)
            WriteText(transaction, session, line);
        SessionSlot.Put(transaction, session);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
    }

    private void WriteText(StoreTransaction transaction, ChatSession session, Line line)
    {
        // until the confirmation came a guest can't ratchet and writes to its data channel
        var channel = session.IsConfirmed ? SessionChannel.Pair : SessionChannel.Data;
        var carrier = session.IsConfirmed ? ContentCarrier.Session : ContentCarrier.DataBox;
        Span<byte> id = stackalloc byte[MessageId.Size];
        line.Id.Write(id);
        _ = MessageSecret.TryRead(id, out var secret);
        if (TextMessage.TryCreate(line.Text, carrier, out var text) == MessageError.None && text is not null)
        {
            using var draft = ContentDraft.Create(text, session.Clock.Next(Now), secret: secret);
            AddRiders(session, draft, carrier);
            WriteDraft(transaction, session, channel, draft, line.Id);
            return;
        }
        _ = TextId.TryRead(id, out var textId);
        if (TextSplitter.TrySplit(line.Text, carrier, textId, out var parts) == MessageError.None)
        {
            foreach (var part in parts)
            {
                using var draft = ContentDraft.Create(part, session.Clock.Next(Now));
                WriteDraft(transaction, session, channel, draft, line.Id);
            }
            return;
        }
        WriteLongText(transaction, session, channel, line, secret);
    }

    /// <summary>What has to be told anyway goes along.</summary>
    private void AddRiders(ChatSession session, ContentDraft draft, ContentCarrier carrier)
    {
        var trusted = !session.Lease.IsOut(Now);
        if (session.Acknowledgements.ShouldRide(trusted) && Acknowledge(session) is { } acknowledgement && draft.TryAddRider(acknowledgement, carrier))
            session.Acknowledgements.NoteSent();
        if (session.Lease.ShouldRenew(Now))
            _ = draft.TryAddRider(session.Lease.Renew(Now), carrier);
        AddBellHeads(session, draft, carrier);
    }

    /// <summary>
    /// Now and then the newest bells of the relays that both listen to go along: a relay that rings differently for different people is found so (decision 9).
    /// Nothing is told of other relays.
    /// </summary>
    private void AddBellHeads(ChatSession session, ContentDraft draft, ContentCarrier carrier)
    {
        if (session.BellHeadsDue > Now)
            return;
        var heads = new List<BellHead>();
        foreach (var relay in _relays.Values.Where(r => r.IsUp && r.Bells.LastNumber > 0 && IsAt(session.OutRelays, r) && IsAt(session.InRelays, r)).Take(BellHeadMessage.MaxRelays))
        {
            _ = Hash256.TryRead(relay.Id.Bytes, out var id);
            heads.Add(new BellHead(id, relay.Bells.LastNumber, relay.Bells.LastHash));
        }
        if (heads.Count > 0 && draft.TryAddRider(new BellHeadMessage(heads), carrier))
            session.BellHeadsDue = Now + BellHeadPause + Spread(BellHeadPause);
    }

    private static AcknowledgementMessage? Acknowledge(ChatSession session)
    {
        // after the newest those that are spoken of for the last time: those that wait for something must not keep them from it
        var inputs = session.Inputs.Select(i => i.Input).Where(c => c.Log.NextIndex > c.Log.StartIndex)
            .OrderBy(c => c == session.PairIn ? 0 : IsDone(session, c) ? 1 : 2).Take(AcknowledgementMessage.MaxChannels).ToArray();
        if (inputs.Length == 0)
            return null;
        var acknowledgement = new AcknowledgementMessage([.. inputs.Select(i => i.Log.Acknowledge(i.Withheld))]);
        // a channel that was replaced, with nothing missing, has now been spoken of for the last time
        foreach (var done in session.OldPairIns.Where(o => IsDone(session, o) && inputs.Contains(o)).ToArray())
        {
            _ = session.OldPairIns.Remove(done);
            done.Dispose();
        }
        return acknowledgement;
    }

    /// <summary>True if nothing that was written in a channel is still awaited.</summary>
    private static bool IsDone(ChatSession session, InChannel input) =>
        input.Log.Holes.Count == 0 && !session.Fetches.Any(f => f.Channel == input.Log.Channel);

    /// <summary>Writes one content message into the next box of a channel: number, ratchet step, sealed copies, all in the transaction.</summary>
    private void WriteDraft(StoreTransaction transaction, ChatSession session, SessionChannel channel, ContentDraft draft, MessageId? message)
    {
        if (channel == SessionChannel.Pair && IsPairDue(session))
            ReplacePair(transaction, session);
        WriteTo(transaction, session, channel, draft, message);
    }

    /// <summary>Rotation at the latest after 256 boxes or 30 days of use (decision 1).</summary>
    private bool IsPairDue(ChatSession session) =>
        session.PairOut is { } pair && (pair.Writer.Count >= MaxPairBoxes || (pair.Writer.Count > 0 && Now - session.PairSince >= PairLife));

    /// <summary>A new pair channel: the last message of the old one names it, and the old one's capability is erased.</summary>
    private void ReplacePair(StoreTransaction transaction, ChatSession session)
    {
        var old = session.PairOut!;
        var next = OutChannel.Start(WriteCapability.Generate(Random), ContentCarrier.Session);
        Span<byte> capability = stackalloc byte[ReadCapability.Size];
        using (var reading = next.Writer.GrantRead())
            reading.Write(capability);
        using (var draft = ContentDraft.Create(new ReadCapabilityMessage(Protocol.Chats.ChannelKind.Pair, capability), session.Clock.Next(Now)))
            WriteTo(transaction, session, SessionChannel.Pair, draft, null);
        CryptographicOperations.ZeroMemory(capability);
        session.OldPairOuts.Add(old.Log);
        if (session.OldPairOuts.Count > SessionState.MaxOldOutputs)
            session.OldPairOuts.RemoveAt(0);
        old.Dispose();
        session.PairOut = next;
        session.PairSince = Now;
    }

    private void WriteTo(StoreTransaction transaction, ChatSession session, SessionChannel channel, ContentDraft draft, MessageId? message)
    {
        var output = channel switch
        {
            SessionChannel.Confirm => session.ConfirmOut,
            SessionChannel.Pair => session.PairOut,
            SessionChannel.Data => session.DataOut,
            SessionChannel.Temporary => null,
        } ?? throw new InvalidOperationException("The session does not write this channel.");
        Span<byte> content = stackalloc byte[ContentSizes.MaxContent(output.Log.Carrier)];
        Span<byte> sealedMessage = stackalloc byte[Session.MessageSize];
        var written = output.Log.Write(draft, _generation, Random, content);
        WrittenBox? box;
        bool isThere;
        if (output.Log.Carrier == ContentCarrier.Session)
        {
            session.Ratchet.Encrypt(content[..written.Length], Random, sealedMessage);
            isThere = output.Writer.TryWrite(BoxKind.Session, sealedMessage, RelayIds(session.OutRelays), out box);
        }
        else
        {
            isThere = output.Writer.TryWrite(BoxKind.Data, content[..written.Length], RelayIds(session.OutRelays), out box);
        }
        CryptographicOperations.ZeroMemory(content);
        if (!isThere || box is null || box.Index != written.Index)
            throw new InvalidOperationException("A channel is used up, or its numbers and boxes don't agree.");
        Keep(transaction, session, channel, box, message);
    }

    /// <summary>Keeps the sealed copies, in the order of the session's relays, until the other side has the box.</summary>
    private void Keep(StoreTransaction transaction, ChatSession session, SessionChannel channel, WrittenBox written, MessageId? message)
    {
        var relays = session.OutRelays.Where(r => TryGetRelayId(r, out _)).DistinctBy(r => RelayIds([r])[0]).ToArray();
        var box = new SentBox(channel, written.Index, message, Now, [.. relays.Select(r => new SentCopy(r, Now))]);
        for (var i = 0; i < written.Copies.Count; i++)
        {
            var bytes = new byte[written.Copies[i].Box.EncodedSize];
            written.Copies[i].Box.Write(bytes);
            transaction.PutSlot(SessionSlot.BoxSlot(session, box, i), bytes);
        }
        // a confirmation is to be everywhere before the offer goes
        foreach (var later in box.Copies.Skip(channel == SessionChannel.Confirm ? box.Copies.Count : 1))
            later.NotBefore = Now + _options.CopyDelay + Spread(_options.LatestCopyDelay - _options.CopyDelay);
        session.Boxes.Add(box);
    }

    private void WriteControl<TBody>(StoreTransaction transaction, ChatSession session, TBody body)
        where TBody : IMessageBody, allows ref struct
    {
        using var draft = ContentDraft.Create(body, session.Clock.Next(Now));
        WriteDraft(transaction, session, SessionChannel.Pair, draft, null);
    }

    /// <summary>A new standing offer for the other side: through it whoever returns from a copy finds the way back.</summary>
    private void WriteStandingOffer(StoreTransaction transaction, Chat chat, ChatSession session)
    {
        var keys = OfferKeys.Generate(Random);
        var relays = session.OutRelays.ToList();
        Offer offer;
        while (true)
        {
            offer = Offer.Create(OfferKind.Standing, Now + Offer.MaxLife(OfferKind.Standing), chat.Device!.Agreement.PublicKey, keys, chat.OwnChain.First.Bytes, OwnName, relays, Random);
            if (offer.Bytes.Length <= StandingOfferMessage.MaxSize || relays.Count == 1)
                break;
            relays.RemoveAt(relays.Count - 1);
        }
        chat.Standing.Add(new OwnOffer(offer, keys, Now));
        // its public half is a fact, so that who comes back from a copy can see that the other side did too
        chat.OwnOffer?.Dispose();
        chat.OwnOffer = new PublishedOffer(offer);
        transaction.Assert(chat.Entity, Schema.OwnOffer, FactValue.Bytes(offer.Bytes));
        WriteControl(transaction, session, new StandingOfferMessage(offer.Bytes));
        session.StandingSent = Now;
    }

    /// <summary>Proves in the session that stands that the maker of the other secret is the same.</summary>
    private void WriteAlsoProofs(StoreTransaction transaction, Chat chat, ChatSession session)
    {
        if (session.AlsoSent || chat.Sessions.FirstOrDefault(s => s != session && s.Way == OfferKind.Link && s.IsConfirmed) is not { } other || session.Way != OfferKind.Link)
            return;
        Span<byte> proof = stackalloc byte[AgreementExporter.AlsoSize];
        other.Exporter.ComputeAlso(session.Role, session.Id, proof);
        _ = Hash256.TryRead(other.Secret.Id.Bytes, out var id);
        WriteControl(transaction, session, new AlsoProofMessage(id, proof));
        session.AlsoSent = true;
    }

    /// <summary>What follows when a session can be used both ways: the losing one steps back, offers and proofs go out, what waited follows.</summary>
    private async ValueTask OnOpenAsync(Chat chat, ChatSession session)
    {
        var current = chat.Current ?? session;
        using (var transaction = Store.Begin())
        {
            var stepped = false;
            foreach (var other in chat.Sessions.Where(s => s != current && !s.IsRetired && s.IsConfirmed))
            {
                other.RetiredUntil = Now + TimeSpan.FromDays(7);
                SessionSlot.Put(transaction, other);
                stepped = true;
            }
            if (current.StandingSent is null && current.IsConfirmed)
                WriteStandingOffer(transaction, chat, current);
            WriteAlsoProofs(transaction, chat, current);
            SessionSlot.Put(transaction, current);
            ChatSlot.Put(transaction, chat);
            await CommitAsync(transaction, chat).ConfigureAwait(false);
            if (stepped)
                await SendAgainAsync(chat).ConfigureAwait(false);
        }
        await ConcludeProofsAsync(chat).ConfigureAwait(false);
        await FlushWaitingAsync(chat).ConfigureAwait(false);
    }

    /// <summary>Both proofs right: both secrets were exchanged; verified, if the other's came directly.</summary>
    private async ValueTask ConcludeProofsAsync(Chat chat)
    {
        if (!chat.Sessions.Any(s => s.AlsoProved) || chat.Verification == Verification.Verified)
            return;
        var isDirect = chat.Tries.Any(t => t is { Kind: OfferKind.Link, IsDirect: true });
        var level = isDirect && !chat.SeveralHands ? Verification.Verified : Verification.BothSecretsExchanged;
        if (level == chat.Verification)
            return;
        await SetVerificationAsync(chat, level).ConfigureAwait(false);
    }

    private async ValueTask SetVerificationAsync(Chat chat, Verification level)
    {
        using var transaction = Store.Begin();
        chat.Verification = level;
        transaction.Assert(chat.Entity, Schema.Verification, FactValue.Number((long)level));
        var line = AddNotice(transaction, chat, level == Verification.Verified ? ChatNotice.Verified : ChatNotice.BothSecretsExchanged, "");
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.MessageAdded, chat, line);
        Raise(ClientEventKind.ChatChanged, chat);
    }

    private async ValueTask SayDirectAsync(Chat chat, SecretTry known, bool direct)
    {
        if (!direct || known.IsDirect)
            throw new ClientException(ClientError.SecretAlreadyEntered);
        using (var transaction = Store.Begin())
        {
            known.IsDirect = true;
            ChatSlot.Put(transaction, chat);
            await CommitAsync(transaction, chat).ConfigureAwait(false);
        }
        await ConcludeProofsAsync(chat).ConfigureAwait(false);
    }
}
