using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <summary>
/// A session in its slots: one for its state; one for each channel that is read, for unfinished texts, for each long text that is fetched, for each
/// channel that was replaced; one for each page of the list of its boxes, and one for each sealed box that the other side may not have.
/// </summary>
/// <remarks>
/// A slot has a bound, and the other side or a long time without a relay fills what is kept: so nothing that grows shares a slot, and each has a bound of its own
/// that fits (<see cref="SessionState"/>, <see cref="InChannel"/>). Only slots whose content changed are written.
/// </remarks>
internal static class SessionSlot
{
    public static SlotId BoxSlot(ChatSession session, SentBox box, int copy)
    {
        Span<byte> subject = stackalloc byte[Hash256.Size + 1 + sizeof(ulong) + 1];
        session.Id.Bytes.CopyTo(subject);
        subject[Hash256.Size] = (byte)box.Channel;
        BinaryPrimitives.WriteUInt64BigEndian(subject[(Hash256.Size + 1)..], box.Index);
        subject[^1] = (byte)copy;
        return SlotId.Derive("box"u8, subject);
    }

    public static void Put(StoreTransaction transaction, ChatSession session)
    {
        using (var state = SessionState.Write(session))
            transaction.PutSlot(StateSlot(session.Id), state.Bytes);
        var gone = session.Stored.Keys.ToHashSet();
        foreach (var input in session.AllInputs)
        {
            using var state = input.Write();
            PutChanged(transaction, session, gone, InputSlot(session.Id, input.Log.Channel), state.Bytes);
        }
        foreach (var old in session.OldPairOuts)
            PutChanged(transaction, session, gone, OldOutputSlot(session.Id, old.Channel), old.WriteState().Span);
        foreach (var fetch in session.Fetches)
        {
            using var state = fetch.Write();
            PutChanged(transaction, session, gone, FetchSlot(session.Id, fetch.Id), state.Bytes);
        }
        if (session.Parts.UnfinishedCount > 0)
            PutChanged(transaction, session, gone, PartsSlot(session.Id), session.Parts.WriteState().Span);
        foreach (var slot in gone)
        {
            transaction.EraseSlot(slot);
            _ = session.Stored.Remove(slot);
        }
        PutPages(transaction, session);
    }

    public static ChatSession Load(IdentityStore store, Hash256 id)
    {
        SlotFormat.Require(store.TryGetSlot(StateSlot(id), out var state));
        using (state)
            return SessionState.Read(state.Bytes, new SessionSource(store, id));
    }

    /// <summary>Erases a session for good, its boxes too.</summary>
    public static void Erase(StoreTransaction transaction, ChatSession session)
    {
        foreach (var box in session.Boxes)
            EraseBox(transaction, session, box);
        foreach (var page in session.Boxes.TakeEmptied().Concat(session.Boxes.Pages.Select(p => p.Number)))
            transaction.EraseSlot(PageSlot(session.Id, page));
        foreach (var slot in session.Stored.Keys)
            transaction.EraseSlot(slot);
        transaction.EraseSlot(StateSlot(session.Id));
    }

    public static void EraseBox(StoreTransaction transaction, ChatSession session, SentBox box)
    {
        for (var i = 0; i < box.Copies.Count; i++)
            transaction.EraseSlot(BoxSlot(session, box, i));
    }

    public static SlotId StateSlot(Hash256 id) => SlotId.Derive("session"u8, id.Bytes);

    public static SlotId PartsSlot(Hash256 id) => SlotId.Derive("session-parts"u8, id.Bytes);

    /// <summary>All boxes in one list: as sessions were kept before the list had pages.</summary>
    public static SlotId ListSlot(Hash256 id) => SlotId.Derive("session-boxes"u8, id.Bytes);

    public static SlotId InputSlot(Hash256 id, ChannelId channel) => PartSlot("session-input"u8, id, channel.Bytes);

    public static SlotId OldOutputSlot(Hash256 id, ChannelId channel) => PartSlot("session-old-output"u8, id, channel.Bytes);

    public static SlotId FetchSlot(Hash256 id, MessageId message)
    {
        Span<byte> subject = stackalloc byte[MessageId.Size];
        message.Write(subject);
        return PartSlot("session-fetch"u8, id, subject);
    }

    public static SlotId PageSlot(Hash256 id, uint number)
    {
        Span<byte> subject = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(subject, number);
        return PartSlot("session-box-page"u8, id, subject);
    }

    private static SlotId PartSlot(ReadOnlySpan<byte> use, Hash256 id, ReadOnlySpan<byte> part)
    {
        Span<byte> subject = stackalloc byte[Hash256.Size + part.Length];
        id.Bytes.CopyTo(subject);
        part.CopyTo(subject[Hash256.Size..]);
        return SlotId.Derive(use, subject);
    }

    private static void PutChanged(StoreTransaction transaction, ChatSession session, HashSet<SlotId> gone, SlotId slot, ReadOnlySpan<byte> value)
    {
        _ = gone.Remove(slot);
        var hash = Hash256.Of(value);
        if (session.Stored.TryGetValue(slot, out var stored) && stored == hash)
            return;
        transaction.PutSlot(slot, value);
        session.Stored[slot] = hash;
    }

    private static void PutPages(StoreTransaction transaction, ChatSession session)
    {
        foreach (var number in session.Boxes.TakeEmptied())
            transaction.EraseSlot(PageSlot(session.Id, number));
        foreach (var page in session.Boxes.Pages.Where(p => p.IsChanged))
        {
            var bytes = new byte[page.Size];
            page.Write(bytes, session.OutRelays);
            transaction.PutSlot(PageSlot(session.Id, page.Number), bytes);
            page.NoteStored();
        }
    }
}
