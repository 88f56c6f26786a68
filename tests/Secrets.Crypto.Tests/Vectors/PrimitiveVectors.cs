using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.Crypto.Tests.Vectors;

/// <summary>What the files in vectors/primitives are made from.</summary>
internal static class PrimitiveVectors
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Nonce = [.. Enumerable.Range(100, 24).Select(i => (byte)i)];

    public static IReadOnlyDictionary<string, IReadOnlyList<VectorInput>> Files { get; } = new Dictionary<string, IReadOnlyList<VectorInput>>
    {
        ["hash"] = [.. Hashes()],
        ["key-derivation"] = [.. KeyDerivations()],
        ["sealing"] = [.. Sealings()],
        ["stream"] = [.. Streams()],
        ["curve"] = [.. Curves()],
        ["ml-kem"] = [.. MlKems()],
        ["random"] = [.. Randoms()],
    };

    private static IEnumerable<VectorInput> Hashes()
    {
        yield return new("Blake2b.Hash", "the empty message", In(("message", []), ("key", [])).With("size", 32));
        yield return new("Blake2b.Hash", "keyed, 24 bytes", In(("message", Ascii("message")), ("key", Key)).With("size", 24));
        yield return new("Blake2b.Hash", "longest output and key", In(("message", Key), ("key", [.. Key, .. Key])).With("size", 64));
        yield return new("LabelledHash", "no field", Labelled("secrets/1/example"));
        yield return new("LabelledHash", "an empty field and a short one", Labelled("secrets/1/example", "", "abc"));
        yield return new("LabelledHash", "the same bytes, divided otherwise", Labelled("secrets/1/example", "abc", ""));
        yield return new("LabelledHash", "a field longer than 255 bytes", Labelled("secrets/1/example", new string('a', 300)));
        yield return new("Sha512Slash256.Hash", "the empty message", In(("message", [])));
        yield return new("Sha512Slash256.Hash", "32 bytes, as blinding uses it", In(("message", Key)));
        yield return new("Sha512Slash256.Hash", "a message of two blocks", In(("message", Ascii(new string('a', 120)))));
    }

    private static IEnumerable<VectorInput> KeyDerivations()
    {
        yield return new("Hmac.Sha256", "a step of a message chain", In(("key", Key), ("message", [1])));
        yield return new("Hmac.Sha256", "an empty key and message", In(("key", []), ("message", [])));
        yield return new("Hmac.Sha512Truncated", "as the handshake of peers uses it", In(("key", Key), ("message", Key)));
        yield return new("Hkdf.DeriveSha256", "with salt and info", Derive(Key, Nonce, Ascii("secrets/1/example"), 96));
        yield return new("Hkdf.DeriveSha512", "with salt and info", Derive(Key, Ascii("secrets/1/example"), Ascii("offer"), 64));
        yield return new("Hkdf.DeriveBlake2b", "an advance of a channel: no salt, the index as info", Derive(Key, [], [1, 0, 0, 0, 0, 0, 0, 0], 96));
        yield return new("Hkdf.DeriveBlake2b", "a context as salt, no info", Derive(Key, Ascii("secrets/1/example"), [], 32));
        yield return new("Hkdf.DeriveBlake2b", "a salt longer than a block", Derive(Key, new byte[130], Ascii("info"), 65));
        yield return new("Argon2id.DeriveAsync", "64 KiB, one pass", Password("password", Ascii("somesalt01234567"), 64, 1, 32));
        yield return new("Argon2id.DeriveAsync", "the empty password", Password("", new byte[16], 64, 2, 16));
        yield return new("Argon2id.DeriveAsync", "256 KiB, three passes", Password("correct horse battery staple", [.. Key[..16]], 256, 3, 32));
    }

    private static IEnumerable<VectorInput> Sealings()
    {
        var message = Ascii("a message of some length");
        yield return new("XChaCha20Poly1305.Seal", "", In(("key", Key), ("nonce", Nonce), ("associatedData", Ascii("ad")), ("message", message)));
        yield return new("XSalsa20Poly1305.Seal", "", In(("key", Key), ("nonce", Nonce), ("message", message)));
        yield return new("Aes128Cbc.Encrypt", "a hash of 32 bytes", In(("key", Key[..16]), ("iv", Key[16..]), ("message", Key)));
        yield return new("SyntheticAead.Seal", "the empty message", In(("key", Key), ("associatedData", []), ("message", [])));
        yield return new("SyntheticAead.Seal", "with associated data", In(("key", Key), ("associatedData", Key), ("message", message)));
        yield return new("SyntheticAead.Seal", "one byte more", In(("key", Key), ("associatedData", Key), ("message", [.. message, 0])));

        var right = new byte[message.Length + SyntheticAead.Overhead];
        SyntheticAead.Seal(right, message, Key, Key);
        yield return new("SyntheticAead.TryOpen", "what was sealed", Sealed(right, Key));
        yield return new("SyntheticAead.TryOpen", "a bit of the nonce flipped", Sealed(Changed(right, 0), Key));
        yield return new("SyntheticAead.TryOpen", "a bit of the ciphertext flipped", Sealed(Changed(right, 30), Key));
        yield return new("SyntheticAead.TryOpen", "a bit of the tag flipped", Sealed(Changed(right, right.Length - 1), Key));
        yield return new("SyntheticAead.TryOpen", "other associated data", Sealed(right, Changed(Key, 5)));
        var encryptionKey = new byte[32];
        Blake2b.Hash(encryptionKey, "secrets/1/x"u8, Key);
        var misused = new byte[right.Length];
        XChaCha20Poly1305.Seal(misused.AsSpan(24), message, Key, misused.AsSpan(0, 24), encryptionKey);
        yield return new("SyntheticAead.TryOpen", "a right tag under a nonce that isn't the message's own", Sealed(misused, Key));
        yield return new("Aes256Gcm.Seal", "with associated data", In(("key", Key), ("nonce", Nonce[..12]), ("associatedData", Ascii("ad")), ("message", message)));
    }

    private static IEnumerable<VectorInput> Streams()
    {
        var messages = new JsonArray(
            Message([], [], SecretStreamTag.None),
            Message(Ascii("hello"), Ascii("ad"), SecretStreamTag.Push),
            Message(new byte[70], [], SecretStreamTag.Rekey),
            Message(Ascii("after"), [], SecretStreamTag.Final));
        var input = In(("key", Key), ("random", Nonce));
        input["messages"] = messages;
        yield return new("SecretStreamWriter.Push", "all tags", input);

        var header = new byte[SecretStreamWriter.HeaderSize];
        using var writer = SecretStreamWriter.Create(header, Key, new FixedRandomSource(Nonce));
        var (first, second) = (new byte[22], new byte[21]);
        writer.Push(first, Ascii("first"), [], SecretStreamTag.None);
        writer.Push(second, Ascii("last"), [], SecretStreamTag.Final);
        yield return new("SecretStreamReader.TryPull", "as written", Stream(header, first, second));
        yield return new("SecretStreamReader.TryPull", "cut off after the first", Stream(header, first));
        yield return new("SecretStreamReader.TryPull", "the first left out", Stream(header, second));
        yield return new("SecretStreamReader.TryPull", "the first twice", Stream(header, first, first, second));
        yield return new("SecretStreamReader.TryPull", "a bit of the sealed tag flipped", Stream(header, Changed(first, 0), second));
        yield return new("SecretStreamReader.TryPull", "another header", Stream(Changed(header, 23), first, second));
    }

    private static IEnumerable<VectorInput> Curves()
    {
        using var root = Ed25519PrivateKey.FromSeed(Key);
        var publicKey = root.PublicKey.Bytes.ToArray();
        yield return new("X25519PrivateKey.FromBytes", "", In(("key", Key)));
        yield return new("X25519PrivateKey.TryAgree", "", In(("key", Key), ("publicKey", X25519PrivateKey.FromBytes([.. Key.Reverse()]).PublicKey.Bytes.ToArray())));
        foreach (var point in SmallOrder.X25519)
            yield return new("X25519PrivateKey.TryAgree", "a point of small order", In(("key", Key), ("publicKey", point)));
        yield return new("Ed25519PublicKey.TryRead", "a point of the prime-order group", In(("publicKey", SmallOrder.PrimeOrder)));
        yield return new("Ed25519PublicKey.TryRead", "a point of mixed order", In(("publicKey", SmallOrder.MixedOrder)));
        foreach (var point in SmallOrder.Ed25519)
            yield return new("Ed25519PublicKey.TryRead", "a point of small order or an encoding that isn't canonical", In(("publicKey", point)));
        yield return new("Ed25519PrivateKey.Sign", "", In(("seed", Key), ("message", Ascii("message"))));
        var signature = root.Sign(Ascii("message")).Bytes.ToArray();
        yield return new("Ed25519PublicKey.Verify", "", Signed(publicKey, "message", signature));
        yield return new("Ed25519PublicKey.Verify", "another message", Signed(publicKey, "massage", signature));
        yield return new("Ed25519PublicKey.Verify", "R and S of zeros", Signed(publicKey, "message", new byte[64]));
        yield return new("Ed25519PrivateKey.ConvertToX25519", "", In(("seed", Key)));
        yield return new("Ed25519PrivateKey.Blind", "the key and its signature", In(("seed", Key), ("factorInput", [.. Key.Reverse()]), ("message", Ascii("message"))));
        yield return new("Ed25519PrivateKey.Blind", "the signature of a deletion: over nothing", In(("seed", Key), ("factorInput", [.. Key.Reverse()]), ("message", [])));
        yield return new("Ed25519PublicKey.TryBlind", "the public half of the same", In(("publicKey", publicKey), ("factorInput", [.. Key.Reverse()])));
        yield return new("Ed25519PublicKey.TryBlind", "a point of mixed order", In(("publicKey", SmallOrder.MixedOrder), ("factorInput", Key)));
    }

    private static IEnumerable<VectorInput> MlKems()
    {
        byte[] seed = [.. Key, .. Key.Reverse()];
        using var key = MlKemDecapsulationKey.FromSeed(seed);
        var encapsulationKey = key.EncapsulationKey.Bytes.ToArray();
        var ciphertext = new byte[MlKemEncapsulationKey.CiphertextSize];
        key.EncapsulationKey.Encapsulate(ciphertext, new byte[32], new FixedRandomSource(Key));
        byte[] unreduced = [.. encapsulationKey];
        (unreduced[0], unreduced[1]) = (0x01, (byte)((unreduced[1] & 0xf0) | 0x0d)); // 3329
        yield return new("MlKemDecapsulationKey.FromSeed", "seed d ‖ z", In(("seed", seed)));
        yield return new("MlKemEncapsulationKey.Encapsulate", "random is FIPS 203's m", In(("encapsulationKey", encapsulationKey), ("random", Key)));
        yield return new("MlKemEncapsulationKey.Encapsulate", "the first coefficient is q", In(("encapsulationKey", unreduced), ("random", Key)));
        yield return new("MlKemDecapsulationKey.TryDecapsulate", "", In(("seed", seed), ("ciphertext", ciphertext)));
        yield return new("MlKemDecapsulationKey.TryDecapsulate", "a bit flipped: implicit rejection gives another secret", In(("seed", seed), ("ciphertext", Changed(ciphertext, 1087))));
        yield return new("MlKemDecapsulationKey.TryDecapsulate", "one byte short", In(("seed", seed), ("ciphertext", ciphertext[1..])));
    }

    private static IEnumerable<VectorInput> Randoms()
    {
        yield return new("SeededRandomForTestsOnly.Fill", "the number 7 as seed", In(("seed", [0, 0, 0, 0, 0, 0, 0, 7])).With("size", 70));
        yield return new("SeededRandomForTestsOnly.Fill", "a seed of text", In(("seed", Ascii("example"))).With("size", 32));
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Changed(byte[] source, int at)
    {
        byte[] changed = [.. source];
        changed[at] ^= 1;
        return changed;
    }

    private static JsonObject Labelled(string label, params string[] fields)
    {
        var input = In(("label", Ascii(label)));
        input["fields"] = new JsonArray([.. fields.Select(f => (JsonNode)PrimitiveOperations.Hex(Ascii(f)))]);
        return input;
    }

    private static JsonObject Derive(byte[] inputKey, byte[] salt, byte[] info, int size) =>
        In(("inputKey", inputKey), ("salt", salt), ("info", info)).With("size", size);

    private static JsonObject Password(string password, byte[] salt, int memory, int passes, int size) =>
        In(("password", Ascii(password)), ("salt", salt)).With("memoryKiB", memory).With("passes", passes).With("size", size);

    private static JsonObject Sealed(byte[] bytes, byte[] associatedData) => In(("key", Key), ("associatedData", associatedData), ("sealed", bytes));

    private static JsonObject Signed(byte[] publicKey, string message, byte[] signature) =>
        In(("publicKey", publicKey), ("message", Ascii(message)), ("signature", signature));

    private static JsonObject Message(byte[] message, byte[] associatedData, SecretStreamTag tag) =>
        In(("message", message), ("associatedData", associatedData)).With("tag", (int)tag);

    private static JsonObject Stream(byte[] header, params byte[][] ciphertexts)
    {
        var input = In(("key", Key), ("header", header));
        input["ciphertexts"] = new JsonArray([.. ciphertexts.Select(c => (JsonNode)PrimitiveOperations.Hex(c))]);
        return input;
    }

    private static JsonObject In(params (string Name, byte[] Bytes)[] values)
    {
        var input = new JsonObject();
        foreach (var (name, bytes) in values)
            input[name] = PrimitiveOperations.Hex(bytes);
        return input;
    }

    private static JsonObject With(this JsonObject input, string name, int value)
    {
        input[name] = value;
        return input;
    }
}
