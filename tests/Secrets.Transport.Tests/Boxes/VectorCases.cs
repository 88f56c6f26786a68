#pragma warning disable CA1832 // inputs of files that are written once: short beats fast
using Secrets.Crypto;
using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>The inputs of the files in vectors/boxes; used only when they are written anew.</summary>
internal static class VectorCases
{
    private static readonly string X = Hex(Relay(1).Bytes);
    private static readonly string Y = Hex(Relay(2).Bytes);

    public static List<VectorCase> Bacap()
    {
        var seed = Hex(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        const string Public = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
        var start = "0100000000000000" + string.Concat(Enumerable.Repeat("aa", 32)) + string.Concat(Enumerable.Repeat("bb", 32)) + string.Concat(Enumerable.Repeat("cc", 32));
        string At(int steps) => VectorRunner.Run("BACAP.advance", new Dictionary<string, string> { ["state"] = start, ["steps"] = $"{steps}" }).Out["state"];
        var list = new Cases("boxes-bacap");
        list.Add("BACAP.advance", "one step", ("state", start), ("steps", "1"));
        list.Add("BACAP.advance", "a thousand steps", ("state", start), ("steps", "1000"));
        list.Add("BACAP.advance", "the last index does not advance (E-31)", ("state", "ffffffffffffffff" + start[16..]), ("steps", "1"));
        list.Add("BACAP.address", "no context", ("public", Public), ("state", start), ("context", ""));
        list.Add("BACAP.address", "no context, five on", ("public", Public), ("state", At(5)), ("context", ""));
        foreach (var (context, steps) in ((string, int)[])[("hpqc-bacap-vector-context", 0), ("alternate context", 3), ("ctx-A", 0), ("ctx-B", 7), ("pigeonhole context", 0)])
            list.Add("BACAP.address", context, ("public", Public), ("state", At(steps)), ("context", Ascii(context)));
        list.Add("BACAP.address", "a state that was mutated", ("public", Public), ("state", "0100000000000000a06051cc559359d914185df750dc054c42353ba282ac7dca25fdd3020121c12e46f705fcfd6ee113489b2dfdff94d7644581c58ef3c650e1f82404ec558595e11ef0f192d46891de88af7f695d8f0d8d22ad842f932e5d95ef7033efb6064a8d"), ("context", Ascii("pigeonhole context")));
        list.Add("BACAP.sign", "ctx-A, a given ciphertext", ("seed", seed), ("state", start), ("context", Ascii("ctx-A")), ("payload", "7ada7776007442d9bfc94d7425f314325810d99cd9"));
        list.Add("BACAP.sign", "ctx-B, seven on", ("seed", seed), ("state", At(7)), ("context", Ascii("ctx-B")), ("payload", "c3c5591eb2c9742ec7d8aff01674c51b34e97079385a147c2c318b40bf"));
        list.Add("BACAP.sign", "a delete", ("seed", seed), ("state", start), ("context", Ascii("pigeonhole context")), ("payload", ""));
        return list.List;
    }

    public static List<VectorCase> Boxes()
    {
        var list = new Cases("boxes");
        Capabilities(list);
        Sealing(list);
        Channels(list);
        return list.List;
    }

    private static void Capabilities(Cases list)
    {
        var random = new SeededRandom(31);
        list.Add("WriteCapability.Generate", "random = two numbers (16, little-endian), H 32, seed 32", ("random", Hex(random.Bytes(80))));
        list.Add("WriteCapability.Generate", "both numbers at their highest (E-31)", ("random", Hex((byte[])[.. Enumerable.Repeat((byte)0xff, 16), .. random.Bytes(64)])));
        list.Add("WriteCapability.FromSeed", "index 1", ("seed", Hex(random.Bytes(32))), ("h", Hex(random.Bytes(32))));
        list.Add("WriteCapability.TryAdvance", "", ("writeCapability", Hex(Export(Capability(1)))));
        list.Add("WriteCapability.TryAdvance", "at 2^64 - 1 (E-31)", ("writeCapability", Hex((byte[])[.. new byte[32], .. Enumerable.Repeat((byte)0xff, 8), .. new byte[96]])));
        var read = Export(Capability(1).GrantRead());
        list.Add("ReadCapability.TryRead", "", ("bytes", Hex(read)));
        list.Add("ReadCapability.TryRead", "one byte short", ("bytes", Hex(read[..^1])));
        list.Add("ReadCapability.TryRead", "the root is a point of order 4 (E-5)", ("bytes", Hex((byte[])[.. new byte[32], .. read.AsSpan(32)])));
        list.Add("ReadCapability.TryRead", "the root is not canonical (E-5)", ("bytes", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" + Hex(read[32..])));
    }

    private static void Sealing(Cases list)
    {
        var write = Hex(Export(Capability(1)));
        var read = Hex(Export(Capability(1).GrantRead()));
        var other = Hex(Export(Capability(2).GrantRead()));
        foreach (var (relay, boxClass) in ((string, string)[])[(X, "1"), (Y, "1"), (X, "2")])
            list.Add("ReadCapability.DeriveKeys", "", ("readCapability", read), ("relay", relay), ("class", boxClass));
        var text = Ascii("Noodles at one?");
        list.Add("BoxWriteKeys.Seal", "", ("writeCapability", write), ("relay", X), ("class", "1"), ("kind", "1"), ("body", text));
        list.Add("BoxWriteKeys.Seal", "empty, session", ("writeCapability", write), ("relay", Y), ("class", "1"), ("kind", "2"), ("body", ""));
        list.Add("BoxWriteKeys.Seal", "the longest body", ("writeCapability", write), ("relay", X), ("class", "1"), ("kind", "6"), ("body", Hex(new SeededRandom(3).Bytes(4_052))));
        list.Add("BoxWriteKeys.Seal", "large; payloadHash = BLAKE2b-256", ("writeCapability", write), ("relay", X), ("class", "2"), ("kind", "1"), ("body", text));
        list.Add("BoxWriteKeys.SignTombstone", "", ("writeCapability", write), ("relay", X), ("class", "1"));

        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        var box = keys.Seal(BoxKind.Data, "Noodles at one?"u8);
        void Open(string comment, string readCapability, string relay, string boxClass, SealedBox given) => list.Add("BoxReadKeys.TryOpen", comment,
            ("readCapability", readCapability), ("relay", relay), ("class", boxClass), ("signature", Hex(given.Signature.Bytes)), ("payload", Hex(given.Payload)));
        Open("", read, X, "1", box);
        Open("a small box for a large channel", read, X, "2", box);
        Open("another relay's keys (E-33)", read, Y, "1", box);
        Open("another channel's keys (E-33)", other, X, "1", box);
        Open("one bit of the payload (E-26)", read, X, "1", Tamper(box, payloadBit: 8_000));
        Open("one bit of the signature (E-26)", read, X, "1", Tamper(box, signatureBit: 7));
        Open("signed, under a nonce that is not the content's own (decision 16)", read, X, "1", WrongNonce());
        foreach (var (comment, offset, value) in ((string, int, byte)[])[("format 2", 0, 2), ("kind 7", 1, 7), ("length one above the body", 2, 0xff), ("a byte behind the body", 4_055, 1)])
        {
            var plaintext = new byte[4_056];
            BoxPlaintext.Write(plaintext, BoxKind.Data, "Noodles at one?"u8);
            plaintext[offset] = value;
            Open(comment == "length one above the body" ? "length above the class" : comment, read, X, "1", keys.SealPlaintext(plaintext));
        }

        var own = Bytes(keys.SignTombstone());
        using var foreign = Capability(2).DeriveKeys(Relay(1), BoxClass.Small);
        var strange = Bytes(foreign.SignTombstone());
        void Accept(string comment, byte[] tombstone) => list.Add("BoxReadKeys.TryAccept", comment, ("readCapability", read), ("relay", X), ("class", "1"), ("tombstone", Hex(tombstone)));
        Accept("", own);
        Accept("valid, of another box (E-32)", strange);
        Accept("the right address, a signature of another", [.. own.AsSpan(0, 32), .. strange.AsSpan(32)]);
    }

    private static void Channels(Cases list)
    {
        using var writer = BoxWriter.Create(Capability(4), BoxClass.Small);
        using var reader = BoxReader.Create(writer.GrantRead(), BoxClass.Small, [Relay(1), Relay(2)]);
        var state = Export(writer);
        void Write(string comment, byte[] writerState) => list.Add("BoxWriter.TryWrite", comment, ("state", Hex(writerState)), ("relays", X + Y), ("kind", "1"), ("body", Ascii("one")));
        Write("", state);
        Write("a state of version 2", [2, .. state.AsSpan(1)]);
        Write("the last index is never written (E-31)", [.. state.AsSpan(0, 42), .. Enumerable.Repeat((byte)0xff, 8), .. state.AsSpan(50)]);

        using var clone = Import(state);
        Assert.True(writer.TryWrite(BoxKind.Data, "one"u8, [Relay(1), Relay(2)], out var first));
        Assert.True(writer.TryWrite(BoxKind.Data, "two"u8, [Relay(1), Relay(2)], out var second));
        Assert.True(clone.TryWrite(BoxKind.Data, "other"u8, [Relay(1), Relay(2)], out var forked));
        var before = Export(reader);
        void Receive(string comment, byte[] readerState, string relay, string box) => list.Add("BoxReader.TryOpen", comment,
            ("state", Hex(readerState)), ("relay", relay), ("box", box), ("time", "1893499200"));
        Receive("then Commit: a hole at the first index", before, X, Hex(Bytes(second!.Copies[0].Box)));
        Receive("a box at the other relay is not expected here", before, Y, Hex(Bytes(first!.Copies[0].Box)));
        Receive("a delete is stepped over", before, X, Hex(Bytes(first.Copies[0].Tombstone)));
        Assert.Equal(BoxError.None, reader.TryOpen(Relay(1), first.Copies[0].Box, out var received));
        reader.Commit(received!, Noon);
        Receive("again: nothing happens (E-22)", Export(reader), X, Hex(Bytes(first.Copies[0].Box)));
        Receive("another content at the other relay (decision 14)", Export(reader), Y, Hex(Bytes(forked!.Copies[1].Box)));
    }

    public static List<VectorCase> Cells()
    {
        var list = new Cases("boxes-cells");
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        var box = keys.Seal(BoxKind.Data, "one"u8);
        var other = keys.Seal(BoxKind.Data, "two"u8);
        var address = Hex(box.Address.Bytes);
        var tombstone = Bytes(keys.SignTombstone());
        var filling = Hex(new SeededRandom(8).Bytes(4_096));
        list.Add("BoxRequest.WriteRead", "the head alone", ("address", address), ("class", "1"), ("wait", "250"), ("size", "256"), ("random", ""));
        list.Add("BoxRequest.WriteRead", "whole", ("address", address), ("class", "1"), ("wait", "0"), ("size", "4352"), ("random", filling));
        list.Add("BoxRequest.WriteWrite", "", ("box", Hex(Bytes(box))), ("shortAnswer", "true"));
        list.Add("BoxRequest.WriteDelete", "the head alone", ("tombstone", Hex(tombstone)), ("class", "1"), ("size", "256"), ("random", ""));
        var read = Hex(list.Last("cell"));
        foreach (var (comment, offset, value) in ((string, int, byte)[])[("a delete", 0, 3), ("operation 4", 0, 4), ("class 3", 1, 3), ("flag 4", 2, 4), ("a wait on a delete", 3, 1), ("zero field", 255, 1)])
            list.Add("BoxRequest.TryRead", comment, ("cell", Hex(With(read, offset, value))));
        var shortRead = Hex(list.List[0].Out["cell"]);
        foreach (var (comment, offset, value) in ((string, int, byte)[])[("a read", 0, 1), ("wait 251", 3, 251), ("a signature on a read", 36, 1)])
            list.Add("BoxRequest.TryRead", comment, ("cell", Hex(With(shortRead, offset, value))));
        list.Add("BoxRequest.TryRead", "one byte short", ("cell", Hex(shortRead[..^1])));
        list.Add("BoxRequest.TryRead", "one byte more", ("cell", Hex((byte[])[.. shortRead, 0])));
        var write = Hex(list.List[2].Out["cell"]);
        list.Add("BoxRequest.TryRead", "a write", ("cell", Hex(write)));
        list.Add("BoxRequest.TryRead", "a write of a head alone", ("cell", Hex(With(write[..256], 2, 1))));

        list.Add("BoxAnswer.WriteStatus", "none, the head alone", ("status", "1"), ("class", "1"), ("address", address), ("signature", Hex(new byte[64])), ("size", "256"), ("random", ""));
        var none = Hex(list.Last("cell"));
        list.Add("BoxAnswer.WriteStatus", "deleted, whole", ("status", "2"), ("class", "1"), ("address", address), ("signature", Hex(tombstone[32..])), ("size", "4352"), ("random", filling));
        foreach (var (comment, offset, value) in ((string, int, byte)[])[("none", 0, 1), ("status 5", 0, 5), ("occupied needs the box", 0, 3), ("class 0", 1, 0), ("flag 2", 2, 2), ("zero field", 3, 1), ("a signature on none", 36, 1)])
            list.Add("BoxAnswer.TryRead", comment, ("cell", Hex(With(none, offset, value))));

        list.Add("BoxPolicy.Verify", "", ("cell", Hex(write)));
        list.Add("BoxPolicy.Verify", "one bit of the payload", ("cell", Hex(With(write, 2_000, (byte)(write[2_000] ^ 1)))));
        list.Add("BoxPolicy.Verify", "an address of order 4 and a signature of zeros (E-5)", ("cell", Hex((byte[])[.. write.AsSpan(0, 4), .. new byte[96], .. write.AsSpan(100)])));
        var occupied = new byte[4_352];
        BoxAnswer.WriteBox(occupied, BoxStatus.Occupied, BoxClass.Small, other.Address, other.Signature, other.Payload);
        list.Add("WriteReceipt.Judge", "another validly signed box (decision 14)", ("sent", Hex(Bytes(box))), ("answer", Hex(occupied)));
        list.Add("WriteReceipt.Judge", "occupied without proof (decision 14)", ("sent", Hex(Bytes(box))), ("answer", Hex(With(occupied, 3_000, (byte)(occupied[3_000] ^ 1)))));
        Decisions(list);
        return list.List;
    }

    private static void Decisions(Cases list)
    {
        var payload = Hex(new SeededRandom(9).Bytes(64));
        list.Add("BoxPolicy.Decide", "the payload is shortened here", ("operation", "write"), ("class", "1"), ("payload", payload), ("stored", payload), ("storedClass", "1"));
        list.Add("BoxPolicy.Decide", "", ("operation", "write"), ("class", "1"), ("payload", payload), ("stored", "mark"));
    }

    public static List<VectorCase> Bells()
    {
        var list = new Cases("boxes-bells");
        var random = new SeededRandom(12);
        using var key = RelayKey(1);
        var keySeed = new byte[32];
        key.ExportForVault(keySeed);
        var addresses = Hex(random.Bytes(3 * 32));
        void Ring(string comment, string number, string previous) => list.Add("BellBuilder.Ring", comment, ("relay", X), ("keySeed", Hex(keySeed)), ("number", number),
            ("previous", previous), ("addresses", addresses), ("random", Hex(random.Bytes(13 * 4))));
        Ring("three addresses, thirteen random prefixes, little-endian as drawn", "7", Hex(new byte[32]));
        var first = list.Last("bell");
        Ring("the next", "8", list.Last("hash"));
        var second = list.Last("bell");
        Ring("another one with its number", "8", Hex(new byte[32]));
        var forked = list.Last("bell");
        Ring("one too far", "10", Hex(new byte[32]));
        var far = list.Last("bell");
        foreach (var (comment, offset, value) in ((string, int, byte)[])[("", 0, 1), ("version 2", 0, 2), ("eight prefixes", 1, 3), ("thirty-two prefixes are longer", 1, 5), ("not ascending", 44, 0xff)])
            list.Add("Bell.TryRead", comment, ("relay", X), ("bell", Hex(With(Hex(first), offset, value))));
        var publicKey = Hex(key.PublicKey.Bytes);
        foreach (var (comment, bells) in ((string, string)[])[("", $"{first} {second}"), ("", $"{first} {far}"), ("", $"{first} {second} {first}"), ("", $"{first} {forked}"), ("the signature does not verify", Hex(With(Hex(first), 171, 0)))])
            list.Add("BellChain.TryAppend", comment, ("relay", X), ("key", publicKey), ("bells", bells));

        list.Add("RelayManifest.Create", "", ("birthSeed", Hex(keySeed)), ("handshakeSeed", Hex(random.Bytes(32))), ("number", "3"), ("issued", "1893499200"),
            ("limitDays", "21"), ("bellInterval", "2000"), ("closed", "false"));
        var manifest = list.Last("manifest");
        list.Add("RelayManifest.TryRead", "", ("relay", X), ("manifest", manifest));
        list.Add("RelayManifest.TryRead", "of another relay than asked", ("relay", Y), ("manifest", manifest));
        return list.List;
    }

    private static SealedBox WrongNonce()
    {
        using var capability = Capability(1);
        using var read = capability.GrantRead();
        using var keys = read.DeriveKeys(Relay(1), BoxClass.Small);
        using var root = Ed25519PrivateKey.FromSeed(Export(capability).AsSpan(0, 32));
        var context = new byte[BoxContext.Size];
        BoxContext.Write(context, Relay(1), BoxClass.Small);
        using var ec = BoxContext.DeriveKey(read.State.EncryptionMaterial, context);
        using var factor = BoxContext.DeriveFactor(read.State.BlindingMaterial, context);
        using var signing = root.Blind(factor);
        var boxKey = new byte[32];
        Blake2b.Hash(boxKey, "secrets/1/x"u8, ec.Bytes);
        var plaintext = new byte[4_056];
        BoxPlaintext.Write(plaintext, BoxKind.Data, "Noodles at one?"u8);
        var payload = new byte[4_096];
        XChaCha20Poly1305.Seal(payload.AsSpan(24), plaintext, keys.Address.Bytes, payload.AsSpan(0, 24), boxKey);
        Assert.Equal(BoxError.None, SealedBox.TryCreate(keys.Address, signing.Sign(payload), payload, out var box));
        return box!;
    }

    private static byte[] With(byte[] bytes, int offset, byte value)
    {
        var copy = bytes.ToArray();
        copy[offset] = value;
        return copy;
    }

    private static byte[] Bytes(SealedBox box)
    {
        var bytes = new byte[box.EncodedSize];
        box.Write(bytes);
        return bytes;
    }

    private static byte[] Bytes(in Tombstone tombstone)
    {
        var bytes = new byte[Tombstone.Size];
        tombstone.Write(bytes);
        return bytes;
    }

    private static string Ascii(string text) => Hex(System.Text.Encoding.ASCII.GetBytes(text));

    /// <summary>Collects cases and numbers them; runs each at once, as later inputs need earlier outputs.</summary>
    private sealed class Cases(string prefix)
    {
        public List<VectorCase> List { get; } = [];

        public void Add(string operation, string comment, params (string Name, string Value)[] input)
        {
            var vector = new VectorCase { Id = $"{prefix}-{List.Count + 1:000}", Operation = operation, Comment = comment, In = input.ToDictionary(pair => pair.Name, pair => pair.Value) };
            (vector.Expect, vector.Out) = VectorRunner.Run(operation, vector.In);
            List.Add(vector);
        }

        public string Last(string name) => List[^1].Out[name];
    }
}
