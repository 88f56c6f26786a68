using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;
using static Secrets.Protocol.Tests.Sessions.SessionVectorOperations;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>The inputs of all vectors, from seeds alone. Cases are only ever added at the end of a list.</summary>
internal static class SessionVectorCases
{
    public static IReadOnlyList<SessionVectorCase> Of(string file) => file switch
    {
        "secrets" => Secrets(),
        "offers" => Offers(),
        "meeting" => Meetings(),
        "agreement" => Agreements(),
        "messages" => Messages(),
        "states" => States(),
        "verification" => Verifications(),
        _ => throw new ArgumentException(file),
    };

    private static List<SessionVectorCase> Secrets()
    {
        var pair = new SessionPair(1000);
        var offer = Hex(pair.Offer.Bytes);
        var plain = Format(pair, []);
        var hinted = Format(pair, [SessionPair.Relay, "ws://relay.example/"]);
        SessionVectorCase Of(string comment, params string[] relays) =>
            new("Secret.Of", comment, new JsonObject { ["offer"] = offer, ["relays"] = new JsonArray([.. relays.Select(relay => (JsonNode)relay)]), ["app"] = "https://secrets.example/" });
        static SessionVectorCase Parse(string comment, string text) => new("Secret.TryParse", comment, new JsonObject { ["text"] = text });
        var newer = new byte[34];
        newer[0] = 2;
        var four = new byte[34];
        four[0] = 1;
        four[33] = 4;
        return
        [
            Of("no hints"),
            Of("one hint with a key, one without", SessionPair.Relay, "ws://relay.example/"),
            Parse("the line of text", plain),
            Parse("the QR form", hinted.ToUpperInvariant()),
            Parse("a link of another host, with space around", $"  https://other.example/app?x=1#{hinted}\r\n"),
            Parse("broken over two lines", plain[..30] + "\r\n  " + plain[30..]),
            Parse("one character changed", plain[..20] + (plain[20] == 'q' ? 'p' : 'q') + plain[21..]),
            Parse("the last character is missing", plain[..^1]),
            Parse("a character that is not in the alphabet", plain[..20] + 'b' + plain[21..]),
            Parse("a code that links a device", CodeText.Encode(CodeKind.DeviceLink, new byte[33])),
            Parse("a code that links a device, its prefix exchanged", CodeText.Encode(CodeKind.DeviceLink, new byte[33]).Replace("device", "secret", StringComparison.Ordinal)),
            Parse("version 2", CodeText.Encode(CodeKind.Secret, newer)),
            Parse("four hints announced", CodeText.Encode(CodeKind.Secret, four)),
            Parse("no code at all", "Noodles at one?"),
        ];
    }

    private static List<SessionVectorCase> Offers()
    {
        var pair = new SessionPair(1001);
        var keys = new byte[OfferKeys.Size];
        pair.OfferKeys.Export(keys);
        SessionVectorCase Create(string comment, OfferKind kind, string name, params string[] relays) => new("Offer.Create", comment, new JsonObject
        {
            ["kind"] = (int)kind,
            ["notAfterHours"] = 500_240,
            ["ik"] = Hex(pair.OwnerIdentity.PublicKey.Bytes),
            ["keys"] = Hex(keys),
            ["firstLink"] = Hex("first link"u8),
            ["name"] = name,
            ["relays"] = new JsonArray([.. relays.Select(relay => (JsonNode)relay)]),
            ["seed"] = 1,
        });
        SessionVectorCase Accept(string comment, byte[] offer, long now, bool committed = true) => new("Offer.TryAccept", comment, new JsonObject
        {
            ["secret"] = Hex(committed ? LabelledHash.Start("secrets/1/offer"u8).Add(offer).Finish().Bytes : pair.Secret.Bytes),
            ["offer"] = Hex(offer),
            ["now"] = now,
        });
        var good = pair.Offer.Bytes.ToArray();
        var now = SessionPair.Now.ToUnixTimeSeconds();
        return
        [
            Create("by link", OfferKind.Link, "Alice", SessionPair.Relay),
            Create("to an own device, nothing but keys", OfferKind.OwnDevice, ""),
            Accept("good", good, now),
            Accept("another offer in its place", new SessionPair(1002).Offer.Bytes.ToArray(), now, committed: false),
            Accept("expired", good, now + (11 * 86_400)),
            Accept("good for longer than 14 days", good, now - (5 * 86_400)),
            Accept("suite 2", Changed(good, 1, 2), now),
            Accept("a kind that is not there", Changed(good, 34, 9), now),
            Accept("an encapsulation key with a coefficient of 4,095", Changed(Changed(good, 104, 0xff), 105, 0xff), now),
            Accept("one byte more", [.. good, 0], now),
        ];
    }

    private static List<SessionVectorCase> Meetings()
    {
        var pair = new SessionPair(1003);
        SessionVectorCase Derive(string comment, string direction, string? answerer = null)
        {
            var input = new JsonObject { ["secret"] = Hex(pair.Secret.Bytes), ["direction"] = direction };
            if (answerer is not null)
                input["answerer"] = answerer;
            return new SessionVectorCase("Meeting.Derive", comment, input);
        }
        return
        [
            Derive("where the offer lies", "offer"),
            Derive("where answers to a link lie", "answer"),
            Derive("where one participant answers", "answer/", Hex(Hash256.Of("a"u8).Bytes)),
            Derive("where another does", "answer/", Hex(Hash256.Of("b"u8).Bytes)),
        ];
    }

    private static List<SessionVectorCase> Agreements()
    {
        var chat = ChatId.Of(Hash256.Of("chat"u8));
        var introducer = Hash256.Of("introducer"u8);
        var link = new SessionPair(1004);
        var introduced = new SessionPair(1005, OfferKind.Introduced, AgreementContext.Introduced(chat, introducer));
        return
        [
            Answer("by link", link),
            Answer("introduced, with chat and introducer", introduced),
            Accept("by link", link, link.Answer),
            Accept("introduced", introduced, introduced.Answer),
            new SessionVectorCase("OwnerAgreement.TryReadTranscript", "the name of an answer, unopened", new JsonObject { ["secret"] = Hex(link.Secret.Bytes), ["answer"] = Hex(link.Answer) }),
            Accept("one bit of the inner part changed", link, Changed(link.Answer, 2000, (byte)(link.Answer[2000] ^ 1))),
            Accept("one bit of the ciphertext changed", link, Changed(link.Answer, 600, (byte)(link.Answer[600] ^ 1))),
            Accept("g.e is a point of small order", link, Changed([.. link.Answer[..34], .. new byte[32], .. link.Answer[66..]], 34, 1)),
            Accept("g.ik is zero", link, [.. link.Answer[..2], .. new byte[32], .. link.Answer[34..]]),
            Accept("suite 2", link, Changed(link.Answer, 1, 2)),
            Accept("cut in the open part", link, link.Answer[..1000]),
        ];
    }

    private static SessionVectorCase Answer(string comment, SessionPair pair)
    {
        var channel = new byte[ReadCapability.Size];
        pair.Content.PairChannel.Write(channel);
        var input = new JsonObject
        {
            ["secret"] = Hex(pair.Secret.Bytes),
            ["offer"] = Hex(pair.Offer.Bytes),
            ["identity"] = Private(pair.GuestIdentity),
            ["links"] = new JsonArray([.. pair.Content.Links.Select(link => (JsonNode)Hex(link.Span))]),
            ["pairChannel"] = Hex(channel),
            ["ownSecret"] = Hex(new byte[SecretId.Size]),
            ["name"] = pair.Content.Name,
            ["relays"] = new JsonArray([.. pair.Content.Relays.Select(relay => (JsonNode)relay)]),
            ["text"] = Hex(pair.Content.FirstText.Span),
            ["seed"] = 2,
        };
        pair.Content.DataChannel.Write(channel);
        input["dataChannel"] = Hex(channel);
        AddContext(input, pair);
        return new SessionVectorCase("GuestAgreement.TryCreate", comment, input);
    }

    private static SessionVectorCase Accept(string comment, SessionPair pair, byte[] answer)
    {
        var keys = new byte[OfferKeys.Size];
        pair.OfferKeys.Export(keys);
        var input = new JsonObject
        {
            ["secret"] = Hex(pair.Secret.Bytes),
            ["offer"] = Hex(pair.Offer.Bytes),
            ["keys"] = Hex(keys),
            ["identity"] = Private(pair.OwnerIdentity),
            ["answer"] = Hex(answer),
        };
        AddContext(input, pair);
        return new SessionVectorCase("OwnerAgreement.TryAccept", comment, input);
    }

    private static List<SessionVectorCase> Messages()
    {
        var pair = new SessionPair(1006);
        var fresh = Hex(SessionPair.Export(pair.Owner));
        var waiting = Hex(SessionPair.Export(pair.Guest));
        var lost = SessionPair.Seal(pair.Owner, "lost", pair.Random);
        var first = SessionPair.Seal(pair.Owner, "confirm", pair.Random);
        _ = SessionPair.Open(pair.Guest, first);
        var received = Hex(SessionPair.Export(pair.Guest));
        var back = SessionPair.Seal(pair.Guest, "back", pair.Random);
        var sent = Hex(SessionPair.Export(pair.Guest));
        var owner = Hex(SessionPair.Export(pair.Owner));
        return
        [
            Seal("the owner's first message makes a step", fresh, "confirm"u8),
            Seal("the guest's first message makes the next one", received, "back"u8),
            Seal("the second message of a chain", sent, "again"u8),
            Seal("the longest plaintext", sent, new byte[Session.MaxPlaintextSize]),
            Open("the guest follows the first step and skips a message", waiting, first),
            Open("the skipped message", received, lost),
            Open("a message twice", received, first),
            Open("the owner follows the second step", owner, back),
            Open("one bit of the header changed", waiting, Changed(first, 100, (byte)(first[100] ^ 1))),
            Open("one bit of the body changed", waiting, Changed(first, 4000, (byte)(first[4000] ^ 1))),
            Open("one byte less", waiting, first[..^1]),
        ];
    }

    private static List<SessionVectorCase> States()
    {
        var pair = new SessionPair(1007);
        var cases = new List<SessionVectorCase>();
        void Add(string comment, byte[] state) => cases.Add(new SessionVectorCase("Session.TryImport", comment, new JsonObject { ["state"] = Hex(state) }));
        Add("golden: the owner before its first message", SessionPair.Export(pair.Owner));
        Add("golden: the guest waiting", SessionPair.Export(pair.Guest));
        _ = SessionPair.Seal(pair.Owner, "lost", pair.Random);
        _ = SessionPair.Open(pair.Guest, SessionPair.Seal(pair.Owner, "confirm", pair.Random));
        Add("golden: a sender", SessionPair.Export(pair.Owner));
        Add("golden: a receiver with a skipped key", SessionPair.Export(pair.Guest));
        _ = SessionPair.Open(pair.Owner, SessionPair.Seal(pair.Guest, "back", pair.Random));
        _ = SessionPair.Open(pair.Guest, SessionPair.Seal(pair.Owner, "step", pair.Random));
        var state = SessionPair.Export(pair.Guest);
        Add("golden: an older chain with a skipped key", state);
        Add("version 2", Changed(state, 0, 2));
        Add("a flag that is not there", Changed(state, 4, 0x80));
        Add("one byte less", state[..^1]);
        return cases;
    }

    private static List<SessionVectorCase> Verifications()
    {
        var pair = new SessionPair(1008);
        var exporter = new byte[AgreementExporter.Size];
        pair.OwnerAgreed.Exporter.Export(exporter);
        SessionVectorCase Also(string comment, AgreementRole role) => new("AgreementExporter.ComputeAlso", comment,
            new JsonObject { ["exporter"] = Hex(exporter), ["role"] = (int)role, ["th2"] = Hex(pair.OwnerAgreed.SecondTranscript.Bytes) });
        static SessionVectorCase Safety(string comment, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => new("SafetyNumber.Compute", comment,
            new JsonObject { ["a"] = Hex(Hash256.Of(a).Bytes), ["b"] = Hex(Hash256.Of(b).Bytes), ["suite"] = 1 });
        return
        [
            Also("of the owner of the session", AgreementRole.Owner),
            Also("of its guest", AgreementRole.Guest),
            Safety("one order", "a"u8, "b"u8),
            Safety("the other order", "b"u8, "a"u8),
        ];
    }

    private static SessionVectorCase Seal(string comment, string state, ReadOnlySpan<byte> plaintext) =>
        new("Session.Encrypt", comment, new JsonObject { ["state"] = state, ["plaintext"] = Hex(plaintext), ["seed"] = 3 });

    private static SessionVectorCase Open(string comment, string state, byte[] message) =>
        new("Session.TryDecrypt", comment, new JsonObject { ["state"] = state, ["message"] = Hex(message) });

    private static string Format(SessionPair pair, IReadOnlyList<string> relays)
    {
        using var secret = Secret.Of(pair.Offer, relays);
        return secret.FormatText();
    }

    private static void AddContext(JsonObject input, SessionPair pair)
    {
        if (!pair.Context.IsInChat)
            return;
        input["chat"] = Hex(pair.Context.Chat.Bytes);
        input["introducer"] = Hex(pair.Context.Introducer.Bytes);
    }

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] = value;
        return copy;
    }

    private static string Private(X25519PrivateKey key)
    {
        var bytes = new byte[X25519PrivateKey.Size];
        key.ExportForVault(bytes);
        return Hex(bytes);
    }
}
