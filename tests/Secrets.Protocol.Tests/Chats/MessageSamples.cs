using Secrets.Crypto;
using Secrets.Protocol.Chains;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Tests.Chains;
using static Secrets.Protocol.Tests.Chats.ChatFixture;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>A body of every message type, and a way to read and write any body by its type.</summary>
internal static class MessageSamples
{
    public static IReadOnlyList<(MessageType Type, byte[] Body)> All()
    {
        var person = new Person(200);
        var link = Person.Add(person.Chain, person.First, person.Device());
        var hash = Hash256.Of("relay"u8);
        return
        [
            (MessageType.Text, Body(Text("Noodles at one? \u00e4\u4e00\U0001F35C"))),
            (MessageType.TextPart, Body(new TextPartMessage(TextId.Generate(Random(1)), 1, 3, 4_000, "middle"u8))),
            (MessageType.Attachment, Body(new AttachmentMessage(AttachmentKind.File, Capability(7), 2, Enumerable.Repeat((byte)9, 32).ToArray(), hash, 100_000, "image/png", "noodles.png", Relays))),
            (MessageType.Confirm, Body(new ConfirmMessage(Capability(1), Capability(2)))),
            (MessageType.ReadCapability, Body(new ReadCapabilityMessage(ChannelKind.Data, Capability(3)))),
            (MessageType.Acknowledgement, Body(new AcknowledgementMessage([new ChannelAcknowledgement(Channel(1), 100, [40, 98]), new ChannelAcknowledgement(Channel(2), 7, [])]))),
            (MessageType.RepairRequest, Body(new RepairRequestMessage(Channel(1), [40, 98]))),
            (MessageType.RepairAnswer, Body(new RepairAnswerMessage(Channel(1), [new(40, false), new(98, true)]))),
            (MessageType.TrustLease, Body(new TrustLeaseMessage(Noon.AddDays(30)))),
            (MessageType.StandingOffer, Body(new StandingOfferMessage("an offer"u8))),
            (MessageType.AlsoProof, Body(new AlsoProofMessage(hash, new byte[32]))),
            (MessageType.ChannelMoved, Body(new ChannelMovedMessage(Channel(1), 55, Relays[0]))),
            (MessageType.RelayList, Body(new RelayListMessage(Relays))),
            (MessageType.BellHead, Body(new BellHeadMessage([new BellHead(hash, 12, Hash256.Of("bell"u8))]))),
            (MessageType.ChainLinks, Body(new ChainLinksMessage(person.Chain.Id, new ChainHead(1, link.Hash), [link]))),
            (MessageType.Leave, Body(new LeaveMessage(LeaveReason.Left))),
            (MessageType.CallSignal, Body(CallSignalMessage.Split("a signal"u8)[0])),
        ];
    }

    /// <summary>Reads a body and writes it again: what was accepted has one form.</summary>
    public static MessageError Reread(MessageType type, byte[] bytes, out byte[] again)
    {
        again = [];
        MessageError error;
        switch (type)
        {
            case MessageType.Text:
                error = TextMessage.TryRead(bytes, out var text);
                return Again(error, text, ref again);
            case MessageType.TextPart:
                error = TextPartMessage.TryRead(bytes, out var part);
                return Again(error, part, ref again);
            case MessageType.Attachment:
                error = AttachmentMessage.TryRead(bytes, out var attachment);
                again = error == MessageError.None ? Body(attachment) : [];
                return error;
            case MessageType.Confirm:
                error = ConfirmMessage.TryRead(bytes, out var confirm);
                again = error == MessageError.None ? Body(confirm) : [];
                return error;
            case MessageType.ReadCapability:
                error = ReadCapabilityMessage.TryRead(bytes, out var capability);
                again = error == MessageError.None ? Body(capability) : [];
                return error;
            case MessageType.StandingOffer:
                error = StandingOfferMessage.TryRead(bytes, out var offer);
                again = error == MessageError.None ? Body(offer) : [];
                return error;
            case MessageType.AlsoProof:
                error = AlsoProofMessage.TryRead(bytes, out var proof);
                again = error == MessageError.None ? Body(proof) : [];
                return error;
            default:
                return RereadControl(type, bytes, ref again);
        }
    }

    private static MessageError RereadControl(MessageType type, byte[] bytes, ref byte[] again)
    {
        switch (type)
        {
            case MessageType.Acknowledgement:
                return Again(AcknowledgementMessage.TryRead(bytes, out var acknowledgement), acknowledgement, ref again);
            case MessageType.RepairRequest:
                return Again(RepairRequestMessage.TryRead(bytes, out var request), request, ref again);
            case MessageType.RepairAnswer:
                return Again(RepairAnswerMessage.TryRead(bytes, out var answer), answer, ref again);
            case MessageType.TrustLease:
                return Again(TrustLeaseMessage.TryRead(bytes, out var lease), lease, ref again);
            case MessageType.ChannelMoved:
                return Again(ChannelMovedMessage.TryRead(bytes, out var moved), moved, ref again);
            case MessageType.RelayList:
                return Again(RelayListMessage.TryRead(bytes, out var relays), relays, ref again);
            case MessageType.BellHead:
                return Again(BellHeadMessage.TryRead(bytes, out var bell), bell, ref again);
            case MessageType.ChainLinks:
                return Again(ChainLinksMessage.TryRead(bytes, out var links), links, ref again);
            case MessageType.Leave:
                return Again(LeaveMessage.TryRead(bytes, out var leave), leave, ref again);
            case MessageType.CallSignal:
                return Again(CallSignalMessage.TryRead(bytes, out var signal), signal, ref again);
            default:
                throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private static MessageError Again<TBody>(MessageError error, TBody? body, ref byte[] again)
        where TBody : class, IMessageBody
    {
        if (error == MessageError.None)
            again = Body(body!);
        return error;
    }
}
