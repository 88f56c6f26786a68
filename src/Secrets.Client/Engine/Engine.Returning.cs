using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chains;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <content>Coming back from a copy: a new device in every chat, through the standing offers of the others (decision 4).</content>
internal sealed partial class Engine
{
    /// <summary>
    /// Makes this store, fresh from a file, a new device of its identity: the backup root adds it to each chat's chain, revokes the source,
    /// and is itself replaced.
    /// </summary>
    public async ValueTask ReturnAsync(ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        using var seed = await Store.OpenBackupRootAsync(password, cancellationToken).ConfigureAwait(false) ?? throw new StoreException(StoreError.NoBackupRoot);
        using var root = Ed25519PrivateKey.FromSeed(seed.Bytes);
        using var newSeed = SecretBuffer.Generate(Ed25519PrivateKey.SeedSize, Random);
        using var newRoot = Ed25519PrivateKey.FromSeed(newSeed.Bytes);
        using var recovery = Identity.OpenRecoverySecret(Store);
        using (var transaction = Store.Begin())
        {
            transaction.Assert(Schema.Self, Schema.BackupRoot, FactValue.Bytes(newRoot.PublicKey.Bytes));
            foreach (var chat in _chats.Values.Where(IsToReturn))
                ReturnTo(transaction, chat, root, newRoot, recovery);
            // until it is under the password the new root lies in a slot, so that a crash between the two loses neither
            transaction.PutSlot(NewRootSlot, newSeed.Bytes);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        await KeepNewRootAsync(password, cancellationToken).ConfigureAwait(false);
        foreach (var chat in _chats.Values.ToArray())
        {
            await AnswerStandingOffersAsync(chat).ConfigureAwait(false);
            AfterChange(chat);
        }
    }

    /// <summary>Goes on with a return from a copy that was cut off; nothing happens in a store where none was.</summary>
    public async ValueTask FinishReturnAsync(ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        if (Store.IsReadOnly)
            return;
        await KeepNewRootAsync(password, cancellationToken).ConfigureAwait(false);
        var unfinished = _chats.Values.Where(IsToReturn).ToArray();
        if (unfinished.Length == 0)
            return;
        try
        {
            await ReturnAsync(password, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            // what was said can be read all the same
            foreach (var chat in unfinished)
                Reload(chat);
            OnFailure(failure);
        }
    }

    private static SlotId NewRootSlot => SlotId.Derive("new-root"u8, default);

    // every chat that was begun or returned to on this device has keys of this device
    private static bool IsToReturn(Chat chat) => chat.Ending is not ChatStage.Left && chat.Device is null;

    private async ValueTask KeepNewRootAsync(ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        if (!Store.TryGetSlot(NewRootSlot, out var seed))
            return;
        using (seed)
            await Store.SetBackupRootAsync(password, seed, cancellationToken).ConfigureAwait(false);
        using var transaction = Store.Begin();
        transaction.EraseSlot(NewRootSlot);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends writing from this copy for good.</summary>
    public async ValueTask RetireAsync(CancellationToken cancellationToken)
    {
        await Store.EraseSlotsAndRetireAsync(cancellationToken).ConfigureAwait(false);
        foreach (var chat in _chats.Values.ToArray())
        {
            chat.Dispose();
            _ = _chats.Remove(chat.Id);
        }
        LoadChats();
        _isConnecting = false;
        foreach (var relay in _relays.Values.ToArray())
        {
            _ = _relays.Remove(relay.Id);
            if (relay.Connection is { } connection)
                Background(connection.DisposeAsync());
        }
        FollowRelays();
    }

    private void ReturnTo(StoreTransaction transaction, Chat chat, Ed25519PrivateKey root, Ed25519PrivateKey newRoot, RecoverySecret recovery)
    {
        chat.Device?.Dispose();
        chat.Device = DeviceKeys.Generate(Random);
        var revoked = chat.OwnChain.Devices.Select(d => d.Key).ToArray();
        var link = chat.OwnChain.BuildRestore(root, recovery, chat.Device, revoked, newRoot);
        if (chat.OwnChain.TryAppend(link, out _) != ChainError.None)
            throw new StoreException(StoreError.Damaged, StoreDamage.Commit);
        ChatFacts.PutOwnChain(transaction, chat);
        if (chat.Ending == ChatStage.Stopped)
        {
            chat.Ending = null;
            transaction.Retract(chat.Entity, Schema.Ending);
        }
        _ = AddNotice(transaction, chat, ChatNotice.YouReturned, "");
        if (chat.TheirOffer is { } offer && chat.TheirChain is not null)
            chat.Tries.Add(new SecretTry(Secret.Of(offer, []), OfferKind.Standing, direct: false) { Offer = offer });
        ChatSlot.Put(transaction, chat);
    }

    /// <summary>Answers the standing offer that came with the copy; no relay is needed to find it.</summary>
    private async ValueTask AnswerStandingOffersAsync(Chat chat)
    {
        foreach (var entered in chat.Tries.Where(t => t is { Kind: OfferKind.Standing, Stage: TryStage.Searching, Offer: not null }).ToArray())
        {
            if (entered.Offer!.CheckTime(Now) == OfferError.None)
                await AnswerAsync(chat, entered, entered.Offer).ConfigureAwait(false);
            else
                await FailTryAsync(chat, entered).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The other side answered this side's last offer, or the answer was taken and deleted: it came back from a copy after this side's was made, and
    /// what would let this side in stayed with its source. A new secret is needed, and both are told so.
    /// </summary>
    private async ValueTask LoseWayBackAsync(Chat chat)
    {
        if (chat.LostOffer is null)
            return;
        foreach (var entered in chat.Tries.Where(t => t.Kind == OfferKind.Standing))
            entered.Stage = TryStage.Failed;
        using var transaction = Store.Begin();
        ChatSlot.Put(transaction, chat);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        AfterChange(chat);
    }

    /// <summary>
    /// A chat that has no way back starts over: with new keys, and with nobody in it, so that a new secret lets somebody in. What was said stays; who
    /// comes is not verified, and has another number.
    /// </summary>
    private void StartOver(StoreTransaction transaction, Chat chat)
    {
        RetireSessions(transaction, chat);
        foreach (var gone in chat.Tries)
            gone.Dispose();
        chat.Tries.Clear();
        foreach (var gone in chat.Standing)
            gone.Dispose();
        chat.Standing.Clear();
        chat.OwnOffer?.Dispose();
        chat.OwnOffer = null;
        chat.TheirChain = null;
        chat.TheirOffer = null;
        chat.ProtocolId = default;
        chat.SafetyNumber = null;
        chat.Verification = Verification.NotVerified;
        chat.SeveralHands = false;
        ChatFacts.RetractPeer(transaction, chat);
        // what nobody is known to have goes to whoever comes
        foreach (var line in chat.Lines.Where(l => l is { Own: true, Kind: MessageKind.Text, State: Protocol.Chats.DeliveryState.Sent }))
        {
            line.State = Protocol.Chats.DeliveryState.Waiting;
            ChatFacts.PutState(transaction, line);
        }
        StartDeviceOver(transaction, chat);
    }

    private void StartDeviceOver(StoreTransaction transaction, Chat chat)
    {
        chat.Device?.Dispose();
        chat.Device = DeviceKeys.Generate(Random);
        using var recovery = Identity.OpenRecoverySecret(Store);
        chat.OwnChain = ParticipantChain.Create(chat.Device, Identity.BackupRoot(Store), recovery, Random);
        ChatFacts.PutOwnChain(transaction, chat);
    }

    /// <summary>
    /// The other side came back from a copy, and its device in every session before was revoked: nothing of them is read any more. The last that is said in
    /// one is the link that revokes, so that a source which goes on learns it.
    /// </summary>
    private void PartFromSource(StoreTransaction transaction, Chat chat, ParticipantChain theirs)
    {
        foreach (var session in chat.Sessions.ToArray())
        {
            if (session is { IsConfirmed: true, IsRetired: false, TheyLeft: false, PairOut: not null } && theirs.Links.Count > 0 && !session.Lease.IsOut(Now))
            {
                DropBoxes(transaction, session, [.. session.Boxes]);
                WriteControl(transaction, session, new ChainLinksMessage(theirs.Id, theirs.Head, [theirs.Links[^1]]));
                session.CloseInputs();
                session.RetiredUntil = Now + BoxLife;
                SessionSlot.Put(transaction, session);
            }
            else
            {
                EndSession(transaction, chat, session);
            }
        }
    }

    /// <summary>
    /// A link of our own chain, from the other side: if it revokes this device, and only the backup root can have signed it, this is the source of a copy
    /// that is in use. The chain stays as it is, so that this copy can still be exported.
    /// </summary>
    private void TakeOwnLinks(StoreTransaction transaction, Chat chat, ChainLinksMessage message, Effect effect)
    {
        if (chat.Ending is not null || chat.Device is not { } device)
            return;
        var chain = Copy(chat.OwnChain);
        AppendAll(chain, message.Links);
        if (chain.IsCurrentDevice(device.Signing.PublicKey) || !chat.OwnChain.IsCurrentDevice(device.Signing.PublicKey))
            return;
        StopChat(transaction, chat, message.Links[^1].Bytes.ToArray());
        AddNoticeOnce(transaction, chat, ChatNotice.CopyInUse, effect);
        effect.IsChatChanged = true;
    }

    /// <summary>A chain to try links on.</summary>
    private static ParticipantChain Copy(ParticipantChain chain)
    {
        _ = ParticipantChain.TryStart(chain.First.Bytes, out var copy);
        AppendAll(copy!, chain.Links.Concat(chain.VoidLinks));
        _ = copy!.NoteHead(chain.HighWater);
        return copy;
    }

    /// <summary>Takes what links it can, in whatever order they come.</summary>
    private static void AppendAll(ParticipantChain chain, IEnumerable<Link> links)
    {
        var missing = links.ToList();
        while (missing.RemoveAll(link => chain.TryAppend(link, out _) == ChainError.None) > 0)
        {
        }
    }

    /// <summary>A session through a new secret replaces all before it.</summary>
    private static void RetireSessions(StoreTransaction transaction, Chat chat)
    {
        foreach (var session in chat.Sessions.ToArray())
            EndSession(transaction, chat, session);
    }

    /// <summary>Erases a session for good, and all of its keys.</summary>
    private static void EndSession(StoreTransaction transaction, Chat chat, ChatSession session)
    {
        SessionSlot.Erase(transaction, session);
        _ = chat.Sessions.Remove(session);
        session.Dispose();
    }
}
