using Secrets.Protocol.Chats;
using Secrets.Protocol.Tests.Chains;
using static Secrets.Protocol.Tests.Chats.ChatFixture;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>E-70: whatever comes in, an answer of the enum comes out, and what is accepted has one form.</summary>
public sealed class ChatFuzzTests
{
    public static TheoryData<MessageType> Types => [.. Enum.GetValues<MessageType>().Where(t => t != MessageType.Unknown)];

    [Theory]
    [MemberData(nameof(Types))]
    public void E_70_bodies(MessageType type)
    {
        var sample = MessageSamples.All().Single(s => s.Type == type).Body;
        Assert.Equal(MessageError.None, MessageSamples.Reread(type, sample, out var same));
        Assert.Equal(sample, same);

        Mutation.Run([sample], 2_000, bytes =>
        {
            var error = MessageSamples.Reread(type, bytes, out var again);
            Assert.True(Enum.IsDefined(error));
            if (error == MessageError.None)
                Assert.Equal(bytes, again);
        });
    }

    [Fact]
    public void E_70_content_messages()
    {
        var log = new SendingLog(Channel(1), 0, ContentCarrier.Session);
        using var draft = ContentDraft.Create(Text("text"), Time());
        Assert.True(draft.TryAddRider(new TrustLeaseMessage(Noon), ContentCarrier.Session));
        var bytes = new byte[draft.SizeFor(ContentCarrier.Session)];
        _ = log.Write(draft, 1, Random(1), bytes);

        Mutation.Run([bytes, Say(log, "plain", Random(2))], 3_000, mutated =>
        {
            foreach (var carrier in Enum.GetValues<ContentCarrier>())
            {
                if (ContentMessage.TryRead(mutated, carrier, out var message) != MessageError.None)
                    continue;
                var header = new byte[ContentHeader.Size];
                message.Header.Write(header);
                Assert.Equal(mutated[..ContentHeader.Size], header);
                var riders = 0;
                for (var rider = message.Riders; rider.MoveNext();)
                    riders++;
                Assert.InRange(riders, 0, RiderEnumerator.MaxCount);
            }
        });
    }

    [Fact]
    public void E_70_states()
    {
        var sending = new SendingLog(Channel(1), 0, ContentCarrier.Session);
        var log = new ChannelLog(Channel(1), 0);
        var recent = new RecentMessages();
        var watch = new GenerationWatch(1);
        var assembler = new TextAssembler();
        for (var i = 0UL; i < 5; i++)
        {
            var content = Say(sending, "x", Random(i));
            if (i != 2)
                _ = Add(log, i, content);
            Assert.True(recent.TryAdd(Author(1), MessageSecret.Generate(Random(i))));
            _ = watch.Observe(i, 1 + (uint)i);
            Assert.Equal(MessageError.None, assembler.TryAdd(new TextPartMessage(TextId.Generate(Random(i)), 0, 2, 6, "abc"u8), out _));
        }

        Mutation.Run([sending.WriteState().ToArray()], 2_000, b => Same(SendingLog.TryReadState(b, out var read), b, read?.WriteState()));
        Mutation.Run([log.WriteState().ToArray()], 2_000, b => Assert.True(Enum.IsDefined(ChannelLog.TryReadState(b, out _))));
        Mutation.Run([recent.WriteState().ToArray()], 2_000, b => Assert.True(Enum.IsDefined(RecentMessages.TryReadState(b, out _))));
        Mutation.Run([watch.WriteState().ToArray()], 2_000, b => Same(GenerationWatch.TryReadState(b, out var read), b, read?.WriteState()));
        Mutation.Run([assembler.WriteState().ToArray()], 2_000, b => Assert.True(Enum.IsDefined(TextAssembler.TryReadState(b, out _))));
        Mutation.Run([new byte[AcknowledgementPlanner.StateSize]], 2_000, b => Assert.True(Enum.IsDefined(AcknowledgementPlanner.TryReadState(b, out _))));
        Mutation.Run([new byte[LeaseWatch.StateSize]], 2_000, b => Assert.True(Enum.IsDefined(LeaseWatch.TryReadState(b, out _))));
    }

    [Fact]
    public void E_70_texts_and_names()
    {
        var seed = System.Text.Encoding.UTF8.GetBytes("Alice \u0301\u202e\u001b \U0001F469\u200d\U0001F680");
        Mutation.Run([seed], 3_000, bytes =>
        {
            Assert.True(Enum.IsDefined(ChatText.Check(bytes)));
            Assert.True(Enum.IsDefined(NameText.TryRead(bytes, false, out var name)));
            _ = NameText.TryParse(name, out _);
            var text = System.Text.Encoding.UTF8.GetString(bytes);
            _ = NameText.TryParse(text, out _);
            foreach (var use in Enum.GetValues<DisplayUse>())
            {
                var shown = DisplayText.Neutralise(text, use);
                Assert.DoesNotContain(shown, c => char.IsControl(c) && c is not ('\n' or '\t'));
                Assert.DoesNotContain(shown, c => c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069');
            }
        });
    }

    private static void Same(MessageError error, byte[] bytes, ReadOnlyMemory<byte>? written)
    {
        Assert.True(Enum.IsDefined(error));
        if (error == MessageError.None)
            Assert.Equal(bytes.Length, written!.Value.Length);
    }
}
