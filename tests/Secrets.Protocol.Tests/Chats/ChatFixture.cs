using Secrets.Crypto;
using Secrets.Protocol.Chains;
using Secrets.Protocol.Chats;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>Short ways to what tests of chats need.</summary>
internal static class ChatFixture
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly string[] Relays = ["net:relay.example:7401~shs:abc=", "ws://r2"];

    public static RandomSource Random(ulong seed) => new SeededRandomForTestsOnly(seed);

    public static ChannelId Channel(byte seed) => ChannelId.DeriveFromReadCapability(Capability(seed));

    public static byte[] Capability(byte seed) => [.. Enumerable.Repeat(seed, 136)];

    public static ParticipantId Author(byte seed)
    {
        Assert.True(ParticipantId.TryRead(Enumerable.Repeat(seed, 32).ToArray(), out var id));
        return id;
    }

    public static ContentTime Time(long minutes = 0) => new ContentClock(default).Next(Noon.AddMinutes(minutes));

    public static TextMessage Text(string text)
    {
        Assert.Equal(MessageError.None, TextMessage.TryCreate(text, ContentCarrier.DataBox, out var message));
        return message!;
    }

    public static byte[] Body<TBody>(TBody body)
        where TBody : IMessageBody, allows ref struct
    {
        var bytes = new byte[body.Size];
        body.Write(bytes);
        return bytes;
    }

    /// <summary>Writes a text as the next message of a channel.</summary>
    public static byte[] Say(SendingLog log, string text, RandomSource random, uint generation = 1)
    {
        using var draft = ContentDraft.Create(Text(text), Time());
        var bytes = new byte[draft.SizeFor(log.Carrier)];
        var written = log.Write(draft, generation, random, bytes);
        Assert.Equal(bytes.Length, written.Length);
        return bytes;
    }

    public static LogOutcome Add(ChannelLog log, ulong index, byte[] content, ContentCarrier carrier = ContentCarrier.Session)
    {
        Assert.Equal(MessageError.None, ContentMessage.TryRead(content, carrier, out var message));
        return log.Add(index, message);
    }
}
