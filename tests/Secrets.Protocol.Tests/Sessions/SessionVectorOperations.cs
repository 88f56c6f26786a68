using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>Runs the operation of a vector: inputs in, outputs and the name of the result out.</summary>
internal static class SessionVectorOperations
{
    public static string Run(string operation, JsonObject input, JsonObject output) => operation switch
    {
        "Secret.TryParse" => ParseSecret(input, output),
        "Secret.Of" => FormatSecret(input, output),
        "Offer.Create" => CreateOffer(input, output),
        "Offer.TryAccept" => AcceptOffer(input, output),
        "Meeting.Derive" => DeriveMeeting(input, output),
        "GuestAgreement.TryCreate" => CreateAnswer(input, output),
        "OwnerAgreement.TryAccept" => AcceptAnswer(input, output),
        "OwnerAgreement.TryReadTranscript" => ReadTranscript(input, output),
        "Session.Encrypt" => Encrypt(input, output),
        "Session.TryDecrypt" => Decrypt(input, output),
        "Session.TryImport" => Import(input, output),
        "AgreementExporter.ComputeAlso" => ComputeAlso(input, output),
        "SafetyNumber.Compute" => ComputeSafety(input, output),
        _ => throw new ArgumentException(operation),
    };

    public static byte[] Bytes(JsonObject input, string name) => Convert.FromHexString((string)input[name]!);

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    public static IReadOnlyList<string> Strings(JsonObject input, string name) => [.. input[name]!.AsArray().Select(item => (string)item!)];

    public static string Hex(WriteCapability capability)
    {
        var bytes = new byte[WriteCapability.Size];
        capability.ExportForVault(bytes);
        return Hex(bytes);
    }

    private static long Number(JsonObject input, string name) => long.Parse(input[name]!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    private static Hash256 Hash(JsonObject input, string name)
    {
        Assert.True(Hash256.TryRead(Bytes(input, name), out var hash));
        return hash;
    }

    private static Secret ReadSecret(JsonObject input) => Secret.FromBytes(Bytes(input, "secret"), []);

    private static AgreementContext ReadContext(JsonObject input)
    {
        if (!input.ContainsKey("chat"))
            return AgreementContext.None;
        Assert.True(ChatId.TryRead(Bytes(input, "chat"), out var chat));
        return AgreementContext.Introduced(chat, Hash(input, "introducer"));
    }

    private static string ParseSecret(JsonObject input, JsonObject output)
    {
        var error = Secret.TryParse((string)input["text"]!, out var secret);
        if (error != SecretError.None)
            return error.ToString();
        using (secret)
        {
            output["secret"] = Hex(secret!.Bytes);
            output["id"] = Hex(secret.Id.Bytes);
            output["relays"] = Array(secret.RelayHints);
        }
        return "ok";
    }

    private static string FormatSecret(JsonObject input, JsonObject output)
    {
        Assert.Equal(OfferError.None, Offer.TryRead(Bytes(input, "offer"), out var offer));
        using var secret = Secret.Of(offer!, Strings(input, "relays"));
        output["secret"] = Hex(secret.Bytes);
        output["id"] = Hex(secret.Id.Bytes);
        output["text"] = secret.FormatText();
        output["qr"] = secret.FormatQr();
        output["link"] = secret.FormatLink((string)input["app"]!);
        return "ok";
    }

    private static string CreateOffer(JsonObject input, JsonObject output)
    {
        using var keys = OfferKeys.Import(Bytes(input, "keys"));
        Assert.True(X25519PublicKey.TryRead(Bytes(input, "ik"), out var ik));
        var offer = Offer.Create((OfferKind)Number(input, "kind"), DateTimeOffset.FromUnixTimeSeconds(Number(input, "notAfterHours") * 3600), ik, keys,
            Bytes(input, "firstLink"), (string)input["name"]!, Strings(input, "relays"), new SeededRandomForTestsOnly((ulong)Number(input, "seed")));
        output["offer"] = Hex(offer.Bytes);
        return "ok";
    }

    private static string AcceptOffer(JsonObject input, JsonObject output)
    {
        using var secret = ReadSecret(input);
        var error = Offer.TryAccept(secret, Bytes(input, "offer"), DateTimeOffset.FromUnixTimeSeconds(Number(input, "now")), out var offer);
        if (offer is null)
            return error.ToString();
        output["kind"] = (int)offer.Kind;
        output["notAfterHours"] = offer.NotAfterHours;
        output["ik"] = Hex(offer.IdentityKey.Bytes);
        output["pk"] = Hex(offer.PreKey.Bytes);
        output["firstLink"] = Hex(offer.FirstLink);
        output["name"] = offer.Name;
        output["relays"] = Array(offer.Relays);
        return "ok";
    }

    private static string DeriveMeeting(JsonObject input, JsonObject output)
    {
        using var secret = ReadSecret(input);
        using var channel = (string)input["direction"]! switch
        {
            "offer" => Meeting.DeriveOfferChannel(secret),
            "answer" => Meeting.DeriveAnswerChannel(secret),
            _ => Meeting.DeriveAnswerChannel(secret, Hash(input, "answerer")),
        };
        output["writeCapability"] = Hex(channel);
        return "ok";
    }

    private static string CreateAnswer(JsonObject input, JsonObject output)
    {
        using var secret = ReadSecret(input);
        Assert.Equal(OfferError.None, Offer.TryRead(Bytes(input, "offer"), out var offer));
        using var identity = X25519PrivateKey.FromBytes(Bytes(input, "identity"));
        Assert.True(ReadCapability.TryRead(Bytes(input, "pairChannel"), out var pair));
        Assert.True(ReadCapability.TryRead(Bytes(input, "dataChannel"), out var data));
        Assert.True(SecretId.TryRead(Bytes(input, "ownSecret"), out var own));
        using var content = new AnswerContent([.. Strings(input, "links").Select(link => (ReadOnlyMemory<byte>)Convert.FromHexString(link))], pair, data, own,
            (string)input["name"]!, Strings(input, "relays"), Bytes(input, "text"));
        var answer = new byte[GuestAgreement.GetAnswerSize(content)];
        var error = GuestAgreement.TryCreate(secret, offer!, ReadContext(input), identity, content, new SeededRandomForTestsOnly((ulong)Number(input, "seed")), answer, out var agreement);
        if (agreement is null)
            return error.ToString();
        output["answer"] = Hex(answer);
        Write(agreement, output);
        return "ok";
    }

    private static string AcceptAnswer(JsonObject input, JsonObject output)
    {
        using var secret = ReadSecret(input);
        Assert.Equal(OfferError.None, Offer.TryRead(Bytes(input, "offer"), out var offer));
        using var keys = OfferKeys.Import(Bytes(input, "keys"));
        using var identity = X25519PrivateKey.FromBytes(Bytes(input, "identity"));
        var error = OwnerAgreement.TryAccept(secret, offer!, keys, ReadContext(input), identity, Bytes(input, "answer"), out var agreement, out var content, out var peer);
        if (agreement is null || content is null)
            return error.ToString();
        output["peer"] = Hex(peer.Bytes);
        output["links"] = Array(content.Links.Select(link => Hex(link.Span)));
        output["name"] = content.Name;
        output["relays"] = Array(content.Relays);
        output["ownSecret"] = Hex(content.OwnSecret.Bytes);
        output["text"] = Hex(content.FirstText.Span);
        Write(agreement, output);
        content.Dispose();
        return "ok";
    }

    private static void Write(Agreement agreement, JsonObject output)
    {
        var exporter = new byte[AgreementExporter.Size];
        agreement.Exporter.Export(exporter);
        output["th1"] = Hex(agreement.FirstTranscript.Bytes);
        output["th2"] = Hex(agreement.SecondTranscript.Bytes);
        output["chat"] = Hex(agreement.Chat.Bytes);
        output["confirmChannel"] = Hex(agreement.ConfirmChannel);
        output["exporter"] = Hex(exporter);
        output["state"] = Hex(SessionPair.Export(agreement.Session));
        agreement.Dispose();
    }

    private static string ReadTranscript(JsonObject input, JsonObject output)
    {
        using var secret = ReadSecret(input);
        if (!OwnerAgreement.TryReadTranscript(secret, ReadContext(input), Bytes(input, "answer"), out var th1))
            return "refused";
        output["th1"] = Hex(th1.Bytes);
        return "ok";
    }

    private static string Encrypt(JsonObject input, JsonObject output)
    {
        Assert.Equal(SessionStateError.None, Session.TryImport(Bytes(input, "state"), out var session));
        var message = new byte[Session.MessageSize];
        session!.Encrypt(Bytes(input, "plaintext"), new SeededRandomForTestsOnly((ulong)Number(input, "seed")), message);
        output["message"] = Hex(message);
        output["stateHash"] = Hex(Hash256.Of(SessionPair.Export(session)).Bytes);
        session.Dispose();
        return "ok";
    }

    private static string Decrypt(JsonObject input, JsonObject output)
    {
        Assert.Equal(SessionStateError.None, Session.TryImport(Bytes(input, "state"), out var session));
        var plaintext = new byte[Session.MaxPlaintextSize];
        var error = session!.TryDecrypt(Bytes(input, "message"), new StepBudget(SessionPair.Now), plaintext, out var length);
        if (error == SessionError.None)
            output["plaintext"] = Hex(plaintext.AsSpan(0, length));
        output["stateHash"] = Hex(Hash256.Of(SessionPair.Export(session)).Bytes);
        session.Dispose();
        return error == SessionError.None ? "ok" : error.ToString();
    }

    private static string Import(JsonObject input, JsonObject output)
    {
        var error = Session.TryImport(Bytes(input, "state"), out var session);
        if (session is null)
            return error.ToString();
        output["role"] = session.Role.ToString();
        output["th2"] = Hex(session.Transcript.Bytes);
        output["canEncrypt"] = session.CanEncrypt;
        output["rootSteps"] = session.RootSteps;
        session.Dispose();
        return "ok";
    }

    private static string ComputeAlso(JsonObject input, JsonObject output)
    {
        using var exporter = AgreementExporter.Import(Bytes(input, "exporter"));
        var also = new byte[AgreementExporter.AlsoSize];
        exporter.ComputeAlso((AgreementRole)Number(input, "role"), Hash(input, "th2"), also);
        output["also"] = Hex(also);
        return "ok";
    }

    private static string ComputeSafety(JsonObject input, JsonObject output)
    {
        output["digits"] = SafetyNumber.Compute(Hash(input, "a"), Hash(input, "b"), (ushort)Number(input, "suite"));
        return "ok";
    }
}
