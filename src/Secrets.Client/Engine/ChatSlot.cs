using Secrets.Crypto;
using Secrets.Protocol.Chains;
using Secrets.Store;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Client.Engine;

/// <summary>What of a chat is kept in its slot: device keys, offers, entered secrets, deletes to come, and which sessions there are.</summary>
internal static class ChatSlot
{
    private const byte Version = 1;

    public static SlotId IdOf(Chat chat)
    {
        Span<byte> uuid = stackalloc byte[EntityId.UuidSize];
        chat.Entity.WriteUuid(uuid);
        return SlotId.Derive("chat"u8, uuid);
    }

    public static void Put(StoreTransaction transaction, Chat chat)
    {
        using var buffer = new SecretBuffer(SizeOf(chat));
        var writer = new WireWriter(buffer.Bytes);
        writer.WriteByte(Version);
        chat.Device!.ExportForVault(writer.Take(DeviceKeys.Size));
        writer.WriteByte(chat.Link is null ? (byte)0 : (byte)1);
        chat.Link?.Write(ref writer);
        writer.WriteByte((byte)chat.Standing.Count);
        foreach (var offer in chat.Standing)
            offer.Write(ref writer);
        writer.WriteByte((byte)chat.Tries.Count);
        foreach (var entered in chat.Tries)
            entered.Write(ref writer);
        writer.WriteUInt16((ushort)chat.Deletes.Count);
        foreach (var delete in chat.Deletes)
        {
            writer.WriteBytes16(System.Text.Encoding.UTF8.GetBytes(delete.Relay));
            delete.Tombstone.Write(writer.Take(Tombstone.Size));
            writer.WriteUInt64((ulong)delete.NotBefore.ToUnixTimeMilliseconds());
        }
        writer.WriteByte((byte)chat.Sessions.Count);
        foreach (var session in chat.Sessions)
            writer.WriteFixed(session.Id.Bytes);
        transaction.PutSlot(IdOf(chat), buffer.Bytes[..writer.Length]);
    }

    /// <summary>Fills the chat from its slot; false if there is none, as after a copy.</summary>
    public static bool TryLoad(IdentityStore store, Chat chat)
    {
        if (!store.TryGetSlot(IdOf(chat), out var slot))
            return false;
        using (slot)
        {
            var reader = new WireReader(slot.Bytes);
            SlotFormat.Require(reader.TryReadByte(out var version));
            SlotFormat.Require(version == Version);
            SlotFormat.Require(reader.TryReadFixed(DeviceKeys.Size, out var device));
            chat.Device = DeviceKeys.FromBytes(device);
            SlotFormat.Require(reader.TryReadByte(out var hasLink));
            if (hasLink != 0)
                chat.Link = OwnOffer.Read(ref reader);
            SlotFormat.Require(reader.TryReadByte(out var standing));
            for (var i = 0; i < standing; i++)
                chat.Standing.Add(OwnOffer.Read(ref reader));
            SlotFormat.Require(reader.TryReadByte(out var tries));
            for (var i = 0; i < tries; i++)
                chat.Tries.Add(SecretTry.Read(ref reader));
            ReadDeletes(ref reader, chat);
            SlotFormat.Require(reader.TryReadByte(out var sessions));
            for (var i = 0; i < sessions; i++)
            {
                SlotFormat.Require(reader.TryReadFixed(Hash256.Size, out var bytes));
                _ = Hash256.TryRead(bytes, out var session);
                chat.Sessions.Add(SessionSlot.Load(store, session));
            }
            SlotFormat.Require(reader.IsAtEnd);
        }
        return true;
    }

    private static void ReadDeletes(ref WireReader reader, Chat chat)
    {
        SlotFormat.Require(reader.TryReadUInt16(out var count));
        for (var i = 0; i < count; i++)
        {
            SlotFormat.Require(reader.TryReadBytes16(ushort.MaxValue, out var relay));
            SlotFormat.Require(reader.TryReadFixed(Tombstone.Size, out var bytes));
            SlotFormat.Require(reader.TryReadUInt64(out var notBefore));
            _ = Tombstone.TryRead(bytes, out var tombstone);
            chat.Deletes.Add(new PendingDelete(System.Text.Encoding.UTF8.GetString(relay), tombstone, DateTimeOffset.FromUnixTimeMilliseconds((long)notBefore)));
        }
    }

    private static int SizeOf(Chat chat) =>
        1 + DeviceKeys.Size + 1 + (chat.Link?.Size ?? 0) + 1 + chat.Standing.Sum(o => o.Size) + 1 + chat.Tries.Sum(t => t.Size)
        + 2 + chat.Deletes.Sum(d => 2 + System.Text.Encoding.UTF8.GetByteCount(d.Relay) + Tombstone.Size + 8) + 1 + (chat.Sessions.Count * Hash256.Size);
}
