using System.Globalization;
using Secrets.Crypto;
using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>Runs one case of a vector file: operation and inputs in, outcome and outputs out.</summary>
internal static class VectorRunner
{
    public static (string Expect, Dictionary<string, string> Out) Run(string operation, IReadOnlyDictionary<string, string> input)
    {
        var output = new Dictionary<string, string>();
        var expect = operation switch
        {
            "BACAP.advance" => Advance(input, output),
            "BACAP.address" => Address(input, output),
            "BACAP.sign" => Sign(input, output),
            "WriteCapability.Generate" => Generate(input, output),
            "WriteCapability.FromSeed" => FromSeed(input, output),
            "WriteCapability.TryAdvance" => AdvanceCapability(input, output),
            "ReadCapability.TryRead" => ReadCapability.TryRead(Hex(input["bytes"]), out _) ? "ok" : "refused",
            "ReadCapability.DeriveKeys" => DeriveKeys(input, output),
            "BoxWriteKeys.Seal" => Seal(input, output),
            "BoxWriteKeys.SignTombstone" => SignTombstone(input, output),
            "BoxReadKeys.TryOpen" => Open(input, output),
            "BoxReadKeys.TryAccept" => Accept(input),
            "BoxWriter.TryWrite" => Write(input, output),
            "BoxReader.TryOpen" => Receive(input, output),
            "BoxPolicy.Verify" => Verify(input),
            "BoxPolicy.Decide" => Decide(input),
            "WriteReceipt.Judge" => Judge(input),
            "BoxRequest.WriteRead" => WriteRead(input, output),
            "BoxRequest.WriteWrite" => WriteWrite(input, output),
            "BoxRequest.WriteDelete" => WriteDelete(input, output),
            "BoxRequest.TryRead" => ReadRequest(input, output),
            "BoxAnswer.WriteStatus" => WriteStatus(input, output),
            "BoxAnswer.TryRead" => ReadAnswer(input, output),
            "BellBuilder.Ring" => Ring(input, output),
            "Bell.TryRead" => ReadBell(input, output),
            "BellChain.TryAppend" => Append(input),
            "RelayManifest.Create" => CreateManifest(input, output),
            "RelayManifest.TryRead" => ReadManifest(input, output),
            _ => throw new ArgumentException(operation),
        };
        return (expect, output);
    }

    private static string Advance(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        Assert.True(BoxIndexState.TryRead(Hex(input["state"]), out var state));
        for (var i = 0; i < Number(input["steps"]); i++)
        {
            if (!state.TryAdvance())
                return "refused";
        }
        output["state"] = Hex(state.Bytes);
        return "ok";
    }

    private static BlindingFactor Factor(IReadOnlyDictionary<string, string> input)
    {
        Assert.True(BoxIndexState.TryRead(Hex(input["state"]), out var state));
        var context = Hex(input["context"]);
        return context.Length == 0 ? BlindingFactor.Derive(state.BlindingMaterial) : BoxContext.DeriveFactor(state.BlindingMaterial, context);
    }

    private static string Address(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var factor = Factor(input);
        Assert.True(Ed25519PublicKey.TryRead(Hex(input["public"]), out var root));
        Assert.True(root.TryBlind(factor, out var address));
        output["address"] = Hex(address.Bytes);
        return "ok";
    }

    private static string Sign(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var factor = Factor(input);
        using var root = Ed25519PrivateKey.FromSeed(Hex(input["seed"]));
        using var key = root.Blind(factor);
        output["address"] = Hex(key.PublicKey.Bytes);
        output["signature"] = Hex(key.Sign(Hex(input["payload"])).Bytes);
        return "ok";
    }

    private static string Generate(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var capability = WriteCapability.Generate(new FixedRandom(Hex(input["random"])));
        Both(capability, output);
        return "ok";
    }

    private static string FromSeed(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var capability = WriteCapability.FromSeed(Hex(input["seed"]), Hex(input["h"]));
        Both(capability, output);
        return "ok";
    }

    private static string AdvanceCapability(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var capability = Write(input);
        if (!capability.TryAdvance())
            return "refused";
        Both(capability, output);
        return "ok";
    }

    private static string DeriveKeys(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var keys = ReadKeys(input);
        output["address"] = Hex(keys.Address.Bytes);
        return "ok";
    }

    private static string Seal(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var capability = Write(input);
        using var keys = capability.DeriveKeys(RelayOf(input), Class(input));
        var box = input.TryGetValue("plaintext", out var plaintext)
            ? keys.SealPlaintext(Hex(plaintext))
            : keys.Seal((BoxKind)Number(input["kind"]), Hex(input["body"]));
        output["address"] = Hex(box.Address.Bytes);
        output["signature"] = Hex(box.Signature.Bytes);
        if (box.Class == BoxClass.Small)
            output["payload"] = Hex(box.Payload);
        else
            output["payloadHash"] = Hex(Hash256.Of(box.Payload).Bytes);
        return "ok";
    }

    private static string SignTombstone(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var capability = Write(input);
        using var keys = capability.DeriveKeys(RelayOf(input), Class(input));
        var bytes = new byte[Tombstone.Size];
        keys.SignTombstone().Write(bytes);
        output["tombstone"] = Hex(bytes);
        return "ok";
    }

    private static string Open(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var keys = ReadKeys(input);
        var error = keys.TryOpen(Signature(Hex(input["signature"])), Hex(input["payload"]), out var opened);
        if (opened is not null)
        {
            output["kind"] = ((int)opened.Kind).ToString(CultureInfo.InvariantCulture);
            output["body"] = Hex(opened.Body);
        }
        return Name(error);
    }

    private static string Accept(IReadOnlyDictionary<string, string> input)
    {
        using var keys = ReadKeys(input);
        return Tombstone.TryRead(Hex(input["tombstone"]), out var tombstone) ? Name(keys.TryAccept(tombstone)) : "refused";
    }

    private static string Write(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        var error = BoxWriter.TryRead(Hex(input["state"]), out var writer);
        if (error != BoxError.None)
            return Name(error);
        var relays = input["relays"].Chunk(64).Select(text => RelayFrom(new string(text))).ToArray();
        if (!writer!.TryWrite((BoxKind)Number(input["kind"]), Hex(input["body"]), relays, out var written))
            return "refused";
        output["index"] = written!.Index.ToString(CultureInfo.InvariantCulture);
        output["addresses"] = string.Concat(written.Copies.Select(copy => Hex(copy.Box.Address.Bytes)));
        output["payloadHashes"] = string.Concat(written.Copies.Select(copy => Hex(Hash256.Of(copy.Box.Payload).Bytes)));
        output["state"] = Hex(Export(writer));
        writer.Dispose();
        return "ok";
    }

    private static string Receive(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        var error = BoxReader.TryRead(Hex(input["state"]), out var reader);
        if (error != BoxError.None)
            return Name(error);
        ReceivedBox? received;
        if (Tombstone.TryRead(Hex(input["box"]), out var tombstone))
        {
            error = reader!.TryOpen(RelayOf(input), tombstone, out received);
        }
        else
        {
            Assert.Equal(BoxError.None, SealedBox.TryRead(Hex(input["box"]), out var box));
            error = reader!.TryOpen(RelayOf(input), box!, out received);
        }
        if (received is not null)
        {
            output["index"] = received.Index.ToString(CultureInfo.InvariantCulture);
            if (!received.IsDeleted)
                output["body"] = Hex(received.Body);
            reader.Commit(received, DateTimeOffset.FromUnixTimeSeconds(Number(input["time"])));
        }
        output["state"] = Hex(Export(reader));
        reader.Dispose();
        return Name(error);
    }

    private static string Verify(IReadOnlyDictionary<string, string> input) =>
        BoxRequest.TryRead(Hex(input["cell"]), out var request) == CellError.None && BoxPolicy.Verify(request) ? "ok" : "refused";

    private static string Decide(IReadOnlyDictionary<string, string> input)
    {
        var stored = input["stored"] switch
        {
            "nothing" => default,
            "mark" => StoredBox.Of(Class(input), default, default),
            _ => StoredBox.Of((BoxClass)Number(input["storedClass"]), default, Hex(input["stored"])),
        };
        return (input["operation"] == "write" ? BoxPolicy.DecideWrite(Class(input), Hex(input["payload"]), stored) : BoxPolicy.DecideDelete(Class(input), stored)).ToString();
    }

    private static string Judge(IReadOnlyDictionary<string, string> input)
    {
        Assert.Equal(BoxError.None, SealedBox.TryRead(Hex(input["sent"]), out var sent));
        Assert.Equal(CellError.None, BoxAnswer.TryRead(Hex(input["answer"]), out var answer));
        return WriteReceipt.Judge(sent!, answer, out _).ToString();
    }

    private static string WriteRead(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        var cell = new byte[(int)Number(input["size"])];
        BoxRequest.WriteRead(cell, Make.Address(Hex(input["address"])), Class(input), (int)Number(input["wait"]), new FixedRandom(Hex(input["random"])));
        output["cell"] = Hex(cell);
        return "ok";
    }

    private static string WriteWrite(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        Assert.Equal(BoxError.None, SealedBox.TryRead(Hex(input["box"]), out var box));
        var cell = new byte[box!.Class.CellSize];
        BoxRequest.WriteWrite(cell, box, input["shortAnswer"] == "true");
        output["cell"] = Hex(cell);
        return "ok";
    }

    private static string WriteDelete(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        Assert.True(Tombstone.TryRead(Hex(input["tombstone"]), out var tombstone));
        var cell = new byte[(int)Number(input["size"])];
        BoxRequest.WriteDelete(cell, tombstone, Class(input), new FixedRandom(Hex(input["random"])));
        output["cell"] = Hex(cell);
        return "ok";
    }

    private static string ReadRequest(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        var error = BoxRequest.TryRead(Hex(input["cell"]), out var request);
        if (error == CellError.None)
        {
            output["operation"] = request.Operation.ToString();
            output["class"] = ((int)request.Class).ToString(CultureInfo.InvariantCulture);
            output["wait"] = request.WaitSeconds.ToString(CultureInfo.InvariantCulture);
            output["shortAnswer"] = request.AllowsShortAnswer ? "true" : "false";
            output["address"] = Hex(request.Address.Bytes);
        }
        return error == CellError.None ? "ok" : error.ToString();
    }

    private static string WriteStatus(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        var cell = new byte[(int)Number(input["size"])];
        BoxAnswer.WriteStatus(cell, (BoxStatus)Number(input["status"]), Class(input), Make.Address(Hex(input["address"])),
            Signature(Hex(input["signature"])), new FixedRandom(Hex(input["random"])));
        output["cell"] = Hex(cell);
        return "ok";
    }

    private static string ReadAnswer(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        var error = BoxAnswer.TryRead(Hex(input["cell"]), out var answer);
        if (error == CellError.None)
        {
            output["status"] = answer.Status.ToString();
            output["class"] = ((int)answer.Class).ToString(CultureInfo.InvariantCulture);
            output["address"] = Hex(answer.Address.Bytes);
        }
        return error == CellError.None ? "ok" : error.ToString();
    }

    private static string Ring(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        Assert.True(Hash256.TryRead(Hex(input["previous"]), out var previous));
        using var key = Ed25519PrivateKey.FromSeed(Hex(input["keySeed"]));
        var builder = new BellBuilder(RelayOf(input), (ulong)Number(input["number"]), previous, new FixedRandom(Hex(input["random"])));
        foreach (var address in input["addresses"].Chunk(64))
            Assert.True(builder.TryAdd(Make.Address(Hex(new string(address)))));
        var bell = builder.Ring(key);
        output["bell"] = Hex(bell.Encoded);
        output["hash"] = Hex(bell.Hash.Bytes);
        return "ok";
    }

    private static string ReadBell(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        var error = Bell.TryRead(Hex(input["bell"]), RelayOf(input), out var bell);
        if (bell is not null)
        {
            output["number"] = bell.Number.ToString(CultureInfo.InvariantCulture);
            output["count"] = bell.Prefixes.Length.ToString(CultureInfo.InvariantCulture);
            output["hash"] = Hex(bell.Hash.Bytes);
        }
        return error == BellError.None ? "ok" : error.ToString();
    }

    private static string Append(IReadOnlyDictionary<string, string> input)
    {
        Assert.True(Ed25519PublicKey.TryRead(Hex(input["key"]), out var key));
        var chain = new BellChain(key);
        var error = BellError.None;
        foreach (var text in input["bells"].Split(' '))
        {
            Assert.Equal(BellError.None, Bell.TryRead(Hex(text), RelayOf(input), out var bell));
            error = chain.TryAppend(bell!);
        }
        return error == BellError.None ? "ok" : error.ToString();
    }

    private static string CreateManifest(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        using var birth = Ed25519PrivateKey.FromSeed(Hex(input["birthSeed"]));
        using var handshake = Ed25519PrivateKey.FromSeed(Hex(input["handshakeSeed"]));
        var terms = new RelayManifestTerms
        {
            Number = (ulong)Number(input["number"]),
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds(Number(input["issued"])),
            LimitDays = (int)Number(input["limitDays"]),
            BellIntervalMilliseconds = (int)Number(input["bellInterval"]),
            IsClosed = input["closed"] == "true",
        };
        var keys = input.TryGetValue("courierKey", out var courier) ? [new RelayManifestKey(1, 0, 0, Hex(courier))] : new List<RelayManifestKey>();
        var manifest = RelayManifest.Create(birth, handshake.PublicKey, terms, keys);
        output["manifest"] = Hex(manifest.Encoded);
        output["hash"] = Hex(manifest.Hash.Bytes);
        return "ok";
    }

    private static string ReadManifest(IReadOnlyDictionary<string, string> input, Dictionary<string, string> output)
    {
        var error = RelayManifest.TryRead(Hex(input["manifest"]), RelayOf(input), out var manifest);
        if (manifest is not null)
            output["hash"] = Hex(manifest.Hash.Bytes);
        return error == ManifestError.None ? "ok" : error.ToString();
    }

    private static void Both(WriteCapability capability, Dictionary<string, string> output)
    {
        using var read = capability.GrantRead();
        output["writeCapability"] = Hex(Export(capability));
        output["readCapability"] = Hex(Export(read));
    }

    private static BoxReadKeys ReadKeys(IReadOnlyDictionary<string, string> input)
    {
        Assert.True(ReadCapability.TryRead(Hex(input["readCapability"]), out var capability));
        using (capability)
            return capability.DeriveKeys(RelayOf(input), Class(input));
    }

    private static WriteCapability Write(IReadOnlyDictionary<string, string> input)
    {
        Assert.True(WriteCapability.TryRead(Hex(input["writeCapability"]), out var capability));
        return capability;
    }

    private static RelayId RelayOf(IReadOnlyDictionary<string, string> input) => RelayFrom(input["relay"]);

    private static RelayId RelayFrom(string text)
    {
        Assert.True(RelayId.TryRead(Hex(text), out var relay));
        return relay;
    }

    private static BoxClass Class(IReadOnlyDictionary<string, string> input) => (BoxClass)Number(input["class"]);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Name(BoxError error) => error == BoxError.None ? "ok" : error.ToString();
}
