using Secrets.Client.Views;
using Secrets.Protocol.Chains;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;
using ProtocolChatId = Secrets.Protocol.Sessions.ChatId;

namespace Secrets.Client.Engine;

/// <summary>Chats and their lines as facts.</summary>
internal static class ChatFacts
{
    public static ChatId IdOf(EntityId entity) => new(UuidOf(entity));

    public static EntityId EntityOf(MessageId message)
    {
        Span<byte> uuid = stackalloc byte[EntityId.UuidSize];
        message.Write(uuid);
        return EntityId.FromUuid(Schema.Message, uuid);
    }

    /// <summary>Loads a chat without its slot.</summary>
    public static Chat Load(IdentityStore store, EntityId entity, IReadOnlyList<Line> lines, FetchBudget fetching)
    {
        var facts = store.Facts;
        SlotFormat.RequireFact(facts.TryGet(entity, Schema.OwnChain, out var own));
        SlotFormat.RequireFact(ParticipantChain.TryReadState(own.AsBytes(), out var ownChain) == ChainError.None);
        SlotFormat.RequireFact(ownChain is not null);
        var chat = new Chat(IdOf(entity), entity, ownChain)
        {
            Fetching = fetching,
            Name = Text(facts, entity, Schema.Name) ?? "",
            IsNamed = Boolean(facts, entity, Schema.IsNamed),
            GivenName = Text(facts, entity, Schema.GivenName),
            TheirName = Text(facts, entity, Schema.TheirName),
            Created = facts.TryGet(entity, Schema.Created, out var created) ? created.AsTime() : default,
            Verification = (Verification)Number(facts, entity, Schema.Verification),
            SeveralHands = Boolean(facts, entity, Schema.SeveralHands),
            IsMuted = Boolean(facts, entity, Schema.Muted),
            IsDeleted = Boolean(facts, entity, Schema.Deleted),
            ReadTo = Number(facts, entity, Schema.ReadTo),
            Ending = Number(facts, entity, Schema.Ending) is var ending and not 0 ? (ChatStage)ending : null,
        };
        LoadPeer(facts, entity, chat);
        chat.OwnRelays.AddRange(facts.GetAll(entity, Schema.OwnRelay).Select(r => r.AsText()));
        foreach (var line in lines)
            chat.Add(line);
        return chat;
    }

    public static void PutOwnChain(StoreTransaction transaction, Chat chat) =>
        transaction.Assert(chat.Entity, Schema.OwnChain, FactValue.Bytes(StateOf(chat.OwnChain)));

    /// <summary>Keeps what a meeting tells of the other side.</summary>
    public static void PutPeer(StoreTransaction transaction, Chat chat)
    {
        PutTheirChain(transaction, chat);
        if (chat.TheirName is { } name)
            transaction.Assert(chat.Entity, Schema.TheirName, FactValue.Text(name));
        if (!chat.ProtocolId.IsNone)
            transaction.Assert(chat.Entity, Schema.ProtocolId, FactValue.Bytes(chat.ProtocolId.Bytes));
    }

    public static void PutTheirChain(StoreTransaction transaction, Chat chat)
    {
        if (chat.TheirChain is { } theirs)
            transaction.Assert(chat.Entity, Schema.TheirChain, FactValue.Bytes(StateOf(theirs)));
    }

    public static void PutTheirOffer(StoreTransaction transaction, Chat chat)
    {
        if (chat.TheirOffer is { } offer)
            transaction.Assert(chat.Entity, Schema.TheirOffer, FactValue.Bytes(offer.Bytes));
    }

    /// <summary>Forgets who the other side was: a new secret lets somebody in anew.</summary>
    public static void RetractPeer(StoreTransaction transaction, Chat chat)
    {
        foreach (var attribute in new[] { Schema.TheirChain, Schema.ProtocolId, Schema.TheirOffer, Schema.OwnOffer, Schema.Verification, Schema.SeveralHands })
            transaction.Retract(chat.Entity, attribute);
    }

    public static void PutLine(StoreTransaction transaction, Chat chat, Line line)
    {
        var entity = EntityOf(line.Id);
        transaction.Assert(entity, Schema.InChat, FactValue.Reference(chat.Entity));
        transaction.Assert(entity, Schema.Own, FactValue.Boolean(line.Own));
        transaction.Assert(entity, Schema.Kind, FactValue.Number((long)line.Kind));
        if (line.Notice != ChatNotice.None)
            transaction.Assert(entity, Schema.Notice, FactValue.Number((long)line.Notice));
        transaction.Assert(entity, Schema.Time, FactValue.Time(line.Time));
        transaction.Assert(entity, Schema.Arrived, FactValue.Time(line.Arrived));
        transaction.Assert(entity, Schema.Text, FactValue.Text(line.Text));
        transaction.Assert(entity, Schema.Position, FactValue.Number(line.Position));
        PutState(transaction, line);
    }

    public static void PutState(StoreTransaction transaction, Line line) =>
        transaction.Assert(EntityOf(line.Id), Schema.State, FactValue.Number((long)line.State));

    /// <summary>Every line of every chat, in order.</summary>
    public static ILookup<EntityId, Line> LoadLines(IdentityStore store)
    {
        var facts = store.Facts;
        return facts.Entities(Schema.Message)
            .Select(e => (Entity: e, Chat: facts.TryGet(e, Schema.InChat, out var chat) ? chat.AsReference() : default(EntityId?)))
            .Where(m => m.Chat is not null)
            .Select(m => (Chat: m.Chat!.Value, Line: LoadLine(facts, m.Entity)))
            .OrderBy(m => m.Line.Position)
            .ThenBy(m => m.Line.Time)
            .ToLookup(m => m.Chat, m => m.Line);
    }

    private static Line LoadLine(FactView facts, EntityId entity) => new()
    {
        Id = new MessageId(UuidOf(entity)),
        Kind = (MessageKind)Number(facts, entity, Schema.Kind),
        Own = Boolean(facts, entity, Schema.Own),
        Notice = (ChatNotice)Number(facts, entity, Schema.Notice),
        Time = facts.TryGet(entity, Schema.Time, out var time) ? time.AsTime() : default,
        Arrived = facts.TryGet(entity, Schema.Arrived, out var arrived) ? arrived.AsTime() : default,
        Text = Text(facts, entity, Schema.Text) ?? "",
        State = (DeliveryState)Number(facts, entity, Schema.State),
        Position = Number(facts, entity, Schema.Position),
    };

    private static void LoadPeer(FactView facts, EntityId entity, Chat chat)
    {
        if (facts.TryGet(entity, Schema.TheirChain, out var theirs))
        {
            SlotFormat.RequireFact(ParticipantChain.TryReadState(theirs.AsBytes(), out var chain) == ChainError.None);
            chat.TheirChain = chain;
        }
        if (facts.TryGet(entity, Schema.ProtocolId, out var id))
        {
            SlotFormat.RequireFact(ProtocolChatId.TryRead(id.AsBytes(), out var protocolId));
            chat.ProtocolId = protocolId;
        }
        if (facts.TryGet(entity, Schema.OwnOffer, out var ownBytes))
        {
            SlotFormat.RequireFact(Offer.TryRead(ownBytes.AsBytes(), out var own) == OfferError.None);
            SlotFormat.RequireFact(own is not null);
            chat.OwnOffer = new PublishedOffer(own);
        }
        if (facts.TryGet(entity, Schema.TheirOffer, out var offerBytes))
        {
            SlotFormat.RequireFact(Offer.TryRead(offerBytes.AsBytes(), out var offer) == OfferError.None);
            chat.TheirOffer = offer;
        }
    }

    private static byte[] StateOf(ParticipantChain chain)
    {
        var state = new byte[chain.StateSize];
        chain.WriteState(state);
        return state;
    }

    private static Guid UuidOf(EntityId entity)
    {
        Span<byte> uuid = stackalloc byte[EntityId.UuidSize];
        entity.WriteUuid(uuid);
        return new Guid(uuid, bigEndian: true);
    }

    private static string? Text(FactView facts, EntityId entity, AttributeName name) =>
        facts.TryGet(entity, name, out var value) ? value.AsText() : null;

    private static long Number(FactView facts, EntityId entity, AttributeName name) =>
        facts.TryGet(entity, name, out var value) ? value.AsNumber() : 0;

    private static bool Boolean(FactView facts, EntityId entity, AttributeName name) =>
        facts.TryGet(entity, name, out var value) && value.AsBoolean();
}
