using System.Text.Json.Nodes;

namespace Secrets.Crypto.Tests.Vectors;

/// <summary>The operations that the vectors name: from the "in" of a case to its "expect" and "out".</summary>
internal static class PrimitiveOperations
{
    private const string Ok = "ok";
    private const string Refused = "refused";

    private const string Password = "Argon2id.DeriveAsync";

    private static readonly Dictionary<string, Func<JsonObject, JsonObject?>> All = new()
    {
        ["Blake2b.Hash"] = i => Make("hash", Size(i), o => Blake2b.Hash(o, Hex(i, "message"), Hex(i, "key"))),
        ["LabelledHash"] = HashLabelled,
        ["Sha512Slash256.Hash"] = i => Make("hash", 32, o => Sha512Slash256.Hash(o, Hex(i, "message"))),
        ["Hmac.Sha256"] = i => Make("tag", 32, o => Hmac.Sha256(o, Hex(i, "key"), Hex(i, "message"))),
        ["Hmac.Sha512Truncated"] = i => Make("tag", 32, o => Hmac.Sha512Truncated(o, Hex(i, "key"), Hex(i, "message"))),
        ["Hkdf.DeriveSha256"] = i => Make("output", Size(i), o => Hkdf.DeriveSha256(o, Hex(i, "inputKey"), Hex(i, "salt"), Hex(i, "info"))),
        ["Hkdf.DeriveSha512"] = i => Make("output", Size(i), o => Hkdf.DeriveSha512(o, Hex(i, "inputKey"), Hex(i, "salt"), Hex(i, "info"))),
        ["Hkdf.DeriveBlake2b"] = i => Make("output", Size(i), o => Hkdf.DeriveBlake2b(o, Hex(i, "inputKey"), Hex(i, "salt"), Hex(i, "info"))),
        ["XChaCha20Poly1305.Seal"] = i => Make("ciphertext", Hex(i, "message").Length + 16, o => XChaCha20Poly1305.Seal(o, Hex(i, "message"), Hex(i, "associatedData"), Hex(i, "nonce"), Hex(i, "key"))),
        ["XSalsa20Poly1305.Seal"] = i => Make("tagAndCiphertext", Hex(i, "message").Length + 16, o => XSalsa20Poly1305.Seal(o.AsSpan(16), o.AsSpan(0, 16), Hex(i, "message"), Hex(i, "nonce"), Hex(i, "key"))),
        ["SyntheticAead.Seal"] = i => Make("sealed", Hex(i, "message").Length + SyntheticAead.Overhead, o => SyntheticAead.Seal(o, Hex(i, "message"), Hex(i, "associatedData"), Hex(i, "key"))),
        ["SyntheticAead.TryOpen"] = i => Try("message", Hex(i, "sealed").Length - SyntheticAead.Overhead, o => SyntheticAead.TryOpen(o, Hex(i, "sealed"), Hex(i, "associatedData"), Hex(i, "key"))),
        ["Aes256Gcm.Seal"] = i => Make("ciphertext", Hex(i, "message").Length + 16, o => Aes256Gcm.Seal(o, Hex(i, "message"), Hex(i, "associatedData"), Hex(i, "nonce"), Hex(i, "key"))),
        ["Aes128Cbc.Encrypt"] = i => Make("ciphertext", Hex(i, "message").Length, o => Aes128Cbc.Encrypt(o, Hex(i, "message"), Hex(i, "iv"), Hex(i, "key"))),
        ["SecretStreamWriter.Push"] = PushAll,
        ["SecretStreamReader.TryPull"] = PullAll,
        ["X25519PrivateKey.FromBytes"] = i => Out("publicKey", X25519PrivateKey.FromBytes(Hex(i, "key")).PublicKey.Bytes),
        ["X25519PrivateKey.TryAgree"] = i => Try("shared", 32, o => X25519PublicKey.TryRead(Hex(i, "publicKey"), out var peer) && X25519PrivateKey.FromBytes(Hex(i, "key")).TryAgree(peer, o)),
        ["Ed25519PublicKey.TryRead"] = i => Ed25519PublicKey.TryRead(Hex(i, "publicKey"), out _) ? [] : null,
        ["Ed25519PrivateKey.Sign"] = Sign,
        ["Ed25519PublicKey.Verify"] = i => Ed25519PublicKey.TryRead(Hex(i, "publicKey"), out var key) && Ed25519Signature.TryRead(Hex(i, "signature"), out var s) && key.Verify(Hex(i, "message"), s) ? [] : null,
        ["Ed25519PrivateKey.ConvertToX25519"] = ConvertKey,
        ["Ed25519PrivateKey.Blind"] = BlindKey,
        ["Ed25519PublicKey.TryBlind"] = BlindPublicKey,
        ["MlKemDecapsulationKey.FromSeed"] = i => Out("encapsulationKey", MlKemDecapsulationKey.FromSeed(Hex(i, "seed")).EncapsulationKey.Bytes),
        ["MlKemEncapsulationKey.Encapsulate"] = Encapsulate,
        ["MlKemDecapsulationKey.TryDecapsulate"] = i => Try("shared", 32, o => MlKemDecapsulationKey.FromSeed(Hex(i, "seed")).TryDecapsulate(Hex(i, "ciphertext"), o)),
        ["SeededRandomForTestsOnly.Fill"] = i => Make("output", Size(i), o => new SeededRandomForTestsOnly(Hex(i, "seed")).Fill(o)),
    };

    public static IReadOnlyCollection<string> Names => [.. All.Keys, Password];

    /// <summary>One operation is asynchronous; the browser can't wait for it.</summary>
    public static async Task<(string Expect, JsonObject Out)> RunAsync(string operation, JsonObject input)
    {
        var output = operation == Password ? await DerivePasswordAsync(input) : All[operation](input);
        return output is null ? (Refused, []) : (Ok, output);
    }

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static JsonObject HashLabelled(JsonObject input)
    {
        var hash = LabelledHash.Start(Hex(input, "label"));
        foreach (var field in input["fields"]!.AsArray())
            hash.Add(Convert.FromHexString((string)field!));
        return Out("hash", hash.Finish().Bytes);
    }

    private static async Task<JsonObject> DerivePasswordAsync(JsonObject input)
    {
        var cost = Argon2idParameters.ForTestsOnly((int)input["memoryKiB"]!, (int)input["passes"]!);
        var output = new byte[Size(input)];
        using var key = await Argon2id.DeriveAsync(Hex(input, "password"), Hex(input, "salt"), cost, output.Length, CancellationToken.None);
        key.ExportForVault(output);
        return Out("output", output);
    }

    private static JsonObject PushAll(JsonObject input)
    {
        var header = new byte[SecretStreamWriter.HeaderSize];
        using var writer = SecretStreamWriter.Create(header, Hex(input, "key"), new FixedRandomSource(Hex(input, "random")));
        var ciphertexts = new JsonArray();
        foreach (var message in input["messages"]!.AsArray().Select(m => m!.AsObject()))
        {
            var ciphertext = new byte[Hex(message, "message").Length + SecretStreamWriter.Overhead];
            writer.Push(ciphertext, Hex(message, "message"), Hex(message, "associatedData"), (SecretStreamTag)(int)message["tag"]!);
            ciphertexts.Add(Hex(ciphertext));
        }
        return new JsonObject { ["header"] = Hex(header), ["ciphertexts"] = ciphertexts };
    }

    private static JsonObject? PullAll(JsonObject input)
    {
        using var reader = SecretStreamReader.Create(Hex(input, "header"), Hex(input, "key"));
        var messages = new JsonArray();
        foreach (var ciphertext in input["ciphertexts"]!.AsArray().Select(c => Convert.FromHexString((string)c!)))
        {
            var message = new byte[ciphertext.Length - SecretStreamWriter.Overhead];
            if (!reader.TryPull(message, out var tag, ciphertext, []))
                return null;
            messages.Add(new JsonObject { ["message"] = Hex(message), ["tag"] = (int)tag });
        }
        return reader.IsFinished ? new JsonObject { ["messages"] = messages } : null;
    }

    private static JsonObject Sign(JsonObject input)
    {
        using var key = Ed25519PrivateKey.FromSeed(Hex(input, "seed"));
        return Out("publicKey", key.PublicKey.Bytes, "signature", key.Sign(Hex(input, "message")).Bytes);
    }

    private static JsonObject ConvertKey(JsonObject input)
    {
        using var key = Ed25519PrivateKey.FromSeed(Hex(input, "seed")).ConvertToX25519();
        var bytes = new byte[X25519PrivateKey.Size];
        key.ExportForVault(bytes);
        return Out("key", bytes, "publicKey", key.PublicKey.Bytes);
    }

    private static JsonObject BlindKey(JsonObject input)
    {
        using var root = Ed25519PrivateKey.FromSeed(Hex(input, "seed"));
        using var factor = BlindingFactor.Derive(Hex(input, "factorInput"));
        using var key = root.Blind(factor);
        return Out("publicKey", key.PublicKey.Bytes, "signature", key.Sign(Hex(input, "message")).Bytes);
    }

    private static JsonObject? BlindPublicKey(JsonObject input)
    {
        using var factor = BlindingFactor.Derive(Hex(input, "factorInput"));
        return Ed25519PublicKey.TryRead(Hex(input, "publicKey"), out var root) && root.TryBlind(factor, out var blinded) ? Out("publicKey", blinded.Bytes) : null;
    }

    private static JsonObject? Encapsulate(JsonObject input)
    {
        if (!MlKemEncapsulationKey.TryRead(Hex(input, "encapsulationKey"), out var key))
            return null;
        var (ciphertext, shared) = (new byte[MlKemEncapsulationKey.CiphertextSize], new byte[32]);
        key.Encapsulate(ciphertext, shared, new FixedRandomSource(Hex(input, "random")));
        return Out("ciphertext", ciphertext, "shared", shared);
    }

    private static int Size(JsonObject input) => (int)input["size"]!;

    private static byte[] Hex(JsonObject input, string name) => Convert.FromHexString((string)input[name]!);

    private static JsonObject Make(string name, int size, Action<byte[]> fill) => Try(name, size, output =>
    {
        fill(output);
        return true;
    })!;

    private static JsonObject? Try(string name, int size, Func<byte[], bool> fill)
    {
        var output = new byte[size];
        return fill(output) ? Out(name, output) : null;
    }

    private static JsonObject Out(string name, ReadOnlySpan<byte> bytes) => new() { [name] = Hex(bytes) };

    private static JsonObject Out(string name, ReadOnlySpan<byte> bytes, string secondName, ReadOnlySpan<byte> secondBytes) =>
        new() { [name] = Hex(bytes), [secondName] = Hex(secondBytes) };
}
