using Secrets.Protocol.Chats;
using Secrets.Protocol.Tests.Chains;
using static Secrets.Protocol.Tests.Chats.ChatFixture;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>vectors/chats: every public operation.</summary>
public sealed class ChatVectorTests
{
    [Fact]
    public void The_vectors_of_chats_hold()
    {
        var book = VectorBook.Open("chats", "docs/protocol/chats.md");
        FillBodies(book);
        FillContent(book);
        FillTexts(book);
        FillLogs(book);
        book.Check("chats.json", 73, Run);
    }

    private static void FillBodies(VectorBook book)
    {
        foreach (var (type, body) in MessageSamples.All())
        {
            book.Add("Body.TryRead", "valid", "ok", ("type", $"{type}"), ("bytes", Hex(body)));
            if (type is not (MessageType.Text or MessageType.TextPart or MessageType.StandingOffer))
                book.Add("Body.TryRead", "one byte short", type is MessageType.RelayList or MessageType.Attachment or MessageType.CallSignal ? "OutOfRange" : "Truncated", ("type", $"{type}"), ("bytes", Hex(body[..^1])));
            if (type is not (MessageType.Text or MessageType.TextPart or MessageType.StandingOffer))
                book.Add("Body.TryRead", "one byte more", "TooLong", ("type", $"{type}"), ("bytes", Hex(body) + "00"));
        }

        void Bad(MessageType type, string comment, string expect, string hex) =>
            book.Add("Body.TryRead", comment, expect, ("type", $"{type}"), ("bytes", hex));
        Bad(MessageType.Text, "no text", "Empty", "");
        Bad(MessageType.Text, "an overlong form", "InvalidUtf8", "c080");
        Bad(MessageType.Text, "escape", "ControlCharacter", "611b5b32");
        Bad(MessageType.TextPart, "index as high as count", "OutOfRange", new string('0', 32) + "0303000a61");
        Bad(MessageType.Acknowledgement, "holes out of order", "OutOfRange", "01" + new string('1', 32) + "0000000000000064" + "02" + "0002003c");
        Bad(MessageType.RepairRequest, "an index twice", "OutOfRange", new string('1', 32) + "02" + "00000000000000020000000000000002");
        Bad(MessageType.RepairAnswer, "status 2", "OutOfRange", new string('1', 32) + "01" + "000000000000000202");
        Bad(MessageType.Leave, "reason 0", "OutOfRange", "00");
        Bad(MessageType.ReadCapability, "channel kind 3", "OutOfRange", "03" + Hex(Capability(1)));
    }

    private static void FillContent(VectorBook book)
    {
        var log = new SendingLog(Channel(1), 3, ContentCarrier.Session);
        var first = Say(log, "one", Random(1));
        var second = Say(log, "two", Random(2));
        book.Add("ContentMessage.TryRead", "a session's first message", "ok", ("carrier", "Session"), ("bytes", Hex(first)));
        book.Add("ContentMessage.TryRead", "the second names the first's hash", "ok", ("carrier", "Session"), ("bytes", Hex(second)));
        book.Add("ContentMessage.TryRead", "cut inside the heads", "Truncated", ("carrier", "Session"), ("bytes", Hex(first[..100])));
        book.Add("ContentMessage.TryRead", "type 0", "UnknownFlag", ("carrier", "Session"), ("bytes", "0000" + Hex(first)[4..]));
        book.Add("ContentMessage.TryRead", "a flag that must be understood", "UnknownFlag", ("carrier", "Session"), ("bytes", Hex(first)[..4] + "0080" + Hex(first)[8..]));
        book.Add("ContentMessage.TryRead", "a flag that may be passed over", "ok", ("carrier", "Session"), ("bytes", Hex(first)[..4] + "8000" + Hex(first)[8..]));
        book.Add("ContentMessage.TryRead", "number 0 with a previous hash", "OutOfRange", ("carrier", "Session"), ("bytes", Hex(second)[..28] + new string('0', 16) + Hex(second)[44..]));
        book.Add("ContentMessage.TryRead", "longer than the carrier", "TooLong", ("carrier", "Session"), ("bytes", Hex(first) + new string('0', 4_000)));
        book.Add("BlindedHeads.DeriveTag", "", "ok", ("named", new string('a', 32)), ("within", new string('b', 32)));
        book.Add("BlindedHeads.DeriveReply", "", "ok", ("named", new string('a', 32)), ("within", new string('b', 32)));
        book.Add("ChannelId.Derive", "", "ok", ("capability", Hex(Capability(1))));
        book.Add("ChannelLog.Add", "in order, late, twice", "Added Added AddedLate Duplicate", ("messages", $"3:{Hex(first)} 5:{Hex(Say(log, "three", Random(3)))} 4:{Hex(second)} 3:{Hex(first)}"));
        var clone = new SendingLog(Channel(1), 3, ContentCarrier.Session);
        book.Add("ChannelLog.Add", "two contents at one place", "Added Equivocation", ("messages", $"3:{Hex(first)} 3:{Hex(Say(clone, "other", Random(9)))}"));
        book.Add("ChannelLog.Add", "the hash chain contradicts", "Added Inconsistent", ("messages", $"3:{Hex(first)} 4:{Hex(Say(clone, "goes on", Random(8)))}"));
    }

    private static void FillTexts(VectorBook book)
    {
        book.Add("NameText.TryParse", "composed", "ok", ("text", "4a6f7365cc81"));
        book.Add("NameText.TryParse", "turned around", "ControlCharacter", ("text", "e280ae6563696c41"));
        book.Add("DisplayText.Neutralise", "escape and overrides", "ok", ("text", "611b5b33316de280ae78"));
        book.Add("AttachmentChunk.Seal", "chunk 1 of 2, key of 32 times 09", "ok", ("key", Hex(Enumerable.Repeat((byte)9, 32).ToArray())), ("plaintext", "686f6c61"));
    }

    private static void FillLogs(VectorBook book) =>
        book.Add("GenerationWatch.Observe", "an old copy writes", "InOrder InOrder InOrder WentBack", ("messages", "0:1 2:3 1:1 3:2"));

    private static (string Expect, Dictionary<string, string> Out) Run(string operation, IReadOnlyDictionary<string, string> input) => operation switch
    {
        "Body.TryRead" => ReadBody(input),
        "ContentMessage.TryRead" => ReadContent(input),
        "BlindedHeads.DeriveTag" => ("ok", new() { ["tag"] = Tag(input, BlindedHeads.TagSize, BlindedHeads.DeriveTag) }),
        "BlindedHeads.DeriveReply" => ("ok", new() { ["tag"] = Tag(input, BlindedHeads.ReplySize, BlindedHeads.DeriveReply) }),
        "ChannelId.Derive" => ("ok", new() { ["channel"] = Hex(ChannelId.DeriveFromReadCapability(VectorBook.Bytes(input["capability"])).Bytes) }),
        "ChannelLog.Add" => AddToLog(input),
        "NameText.TryParse" => ParseName(input),
        "DisplayText.Neutralise" => ("ok", new() { ["shown"] = Hex(Utf8Bytes(DisplayText.Neutralise(Utf8(input["text"]), DisplayUse.Text))) }),
        "AttachmentChunk.Seal" => Seal(input),
        "GenerationWatch.Observe" => Observe(input),
        _ => throw new ArgumentException(operation),
    };

    private static (string Expect, Dictionary<string, string> Out) ReadBody(IReadOnlyDictionary<string, string> input)
    {
        var error = MessageSamples.Reread(Enum.Parse<MessageType>(input["type"]), VectorBook.Bytes(input["bytes"]), out var again);
        if (error == MessageError.None)
            Assert.Equal(input["bytes"], Hex(again));
        return (Name(error), []);
    }

    private static (string Expect, Dictionary<string, string> Out) ReadContent(IReadOnlyDictionary<string, string> input)
    {
        var error = ContentMessage.TryRead(VectorBook.Bytes(input["bytes"]), Enum.Parse<ContentCarrier>(input["carrier"]), out var message);
        if (error != MessageError.None)
            return (Name(error), []);
        return ("ok", new()
        {
            ["type"] = $"{message.Header.Type}",
            ["number"] = $"{message.Header.Number}",
            ["time"] = $"{message.Header.Time.Milliseconds}",
            ["secret"] = Hex(message.Header.Secret.Bytes),
            ["previous"] = Hex(message.Header.Previous.Bytes),
            ["body"] = Hex(message.Body),
            ["hash"] = Hex(message.Hash.Bytes),
        });
    }

    private static (string Expect, Dictionary<string, string> Out) AddToLog(IReadOnlyDictionary<string, string> input)
    {
        var log = new ChannelLog(Channel(1), 3);
        var outcomes = input["messages"].Split(' ').Select(m => m.Split(':')).Select(m => Add(log, ulong.Parse(m[0], System.Globalization.CultureInfo.InvariantCulture), VectorBook.Bytes(m[1])));
        return (string.Join(' ', outcomes), new() { ["state"] = Hex(log.WriteState().Span) });
    }

    private static (string Expect, Dictionary<string, string> Out) ParseName(IReadOnlyDictionary<string, string> input)
    {
        var error = NameText.TryParse(Utf8(input["text"]), out var name);
        return (Name(error), error == MessageError.None ? new() { ["name"] = Hex(Utf8Bytes(name)) } : []);
    }

    private static (string Expect, Dictionary<string, string> Out) Seal(IReadOnlyDictionary<string, string> input)
    {
        var chunk = new byte[AttachmentChunk.SealedSize];
        AttachmentChunk.Seal(VectorBook.Bytes(input["key"]), 1, 2, VectorBook.Bytes(input["plaintext"]), chunk);
        return ("ok", new() { ["hash"] = Hex(Secrets.Crypto.Hash256.Of(chunk).Bytes) });
    }

    private static (string Expect, Dictionary<string, string> Out) Observe(IReadOnlyDictionary<string, string> input)
    {
        var watch = new GenerationWatch(1);
        var findings = input["messages"].Split(' ').Select(m => m.Split(':').Select(n => uint.Parse(n, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
            .Select(m => watch.Observe(m[0], m[1]));
        return (string.Join(' ', findings), []);
    }

    private delegate void Deriver(in MessageSecret named, in MessageSecret within, Span<byte> tag);

    private static string Tag(IReadOnlyDictionary<string, string> input, int size, Deriver derive)
    {
        Assert.True(MessageSecret.TryRead(VectorBook.Bytes(input["named"]), out var named) & MessageSecret.TryRead(VectorBook.Bytes(input["within"]), out var within));
        var tag = new byte[size];
        derive(named, within, tag);
        return Hex(tag);
    }

    private static string Name(MessageError error) => error == MessageError.None ? "ok" : error.ToString();

    private static string Utf8(string hex) => System.Text.Encoding.UTF8.GetString(VectorBook.Bytes(hex));

    private static byte[] Utf8Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Hex(byte[] bytes) => VectorBook.Hex(bytes);

    private static string Hex(ReadOnlySpan<byte> bytes) => VectorBook.Hex(bytes);
}
