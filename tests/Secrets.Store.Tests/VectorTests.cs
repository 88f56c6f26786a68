using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Crypto;

namespace Secrets.Store.Tests;

/// <summary>The values in vectors/store: computed from their inputs and compared; written anew with SECRETS_WRITE_VECTORS=1.</summary>
public class VectorTests
{
    private const int CaseCount = 34;
    private static readonly Hash256 StoreId = Hash256.Of("store id"u8);
    private static readonly Hash256 Ledger = Hash256.Of("ledger id"u8);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] Key32 = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public async Task The_vectors_of_the_store_are_what_the_code_computes()
    {
        var path = Path.Combine(Tree.Root, "vectors", "store", "store.json");
        var cases = new JsonArray();
        void Add(string operation, string comment, JsonObject input, string expect, JsonObject output) => cases.Add(new JsonObject
        {
            ["id"] = $"store-{cases.Count + 1:d3}",
            ["operation"] = operation,
            ["comment"] = comment,
            ["in"] = input,
            ["expect"] = expect,
            ["out"] = output,
        });
        AddKeys(Add);
        AddBlobs(Add);
        var signed = AddCommits(Add);
        AddSlots(Add);
        await AddFilesAsync(Add);
        // behind all others, as an id is never given twice
        AddRemnants(Add, signed);
        Assert.Equal(CaseCount, cases.Count);
        var now = new JsonObject
        {
            ["layer"] = "store",
            ["spec"] = "docs/protocol/store.md",
            ["version"] = 1,
            ["source"] = "tests/Secrets.Store.Tests",
            ["cases"] = cases,
        }.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("SECRETS_WRITE_VECTORS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, now, TestContext.Current.CancellationToken);
        }

        Assert.Equal((await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"), now);
    }

    private delegate void AddCase(string operation, string comment, JsonObject input, string expect, JsonObject output);

    private static JsonObject Obj(params (string Name, JsonNode? Value)[] fields)
    {
        var result = new JsonObject();
        foreach (var (name, value) in fields)
            result[name] = value;
        return result;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static StorageKey Storage() => new(new SecretBuffer(Key32), StoreId);

    private static void AddKeys(AddCase add)
    {
        using var storage = Storage();
        foreach (var (label, size) in new[] { (Labels.BlobKey.ToArray(), 32), (Labels.NameKey.ToArray(), 32), (Labels.RecordMacKey.ToArray(), 32) })
        {
            using var key = storage.Derive(label, size);
            add("StorageKey.Derive", "HKDF-Expand-SHA-256(storage key, label ‖ store id)", Obj(("storageKey", Hex(Key32)), ("storeId", Hex(StoreId.Bytes)), ("label", System.Text.Encoding.ASCII.GetString(label))), "ok", Obj(("key", Hex(key.Bytes))));
        }
        foreach (var length in new[] { 9L, 1000L, 1_000_003L })
            add("ExportFile.PaddedSize", "Padmé", Obj(("length", length)), "ok", Obj(("padded", ExportFile.PaddedSize(length))));
    }

    private static void AddBlobs(AddCase add)
    {
        using var storage = Storage();
        using var cipher = new BlobCipher(storage);
        foreach (var (kind, bytes) in new[] { (NodeKind.Chunk, "a chunk"u8.ToArray()), (NodeKind.Leaf, new byte[59]), (NodeKind.Leaf, new byte[60]) })
        {
            var node = new Node(kind, bytes);
            var blob = new byte[BlobCipher.SizeOf(bytes.Length)];
            cipher.Seal(node, blob);
            add("BlobCipher.Seal", "name, encrypted name, and the whole blob", Obj(("storageKey", Hex(Key32)), ("storeId", Hex(StoreId.Bytes)), ("kind", (int)kind), ("bytes", Hex(bytes))), "ok", Obj(("name", Hex(node.Name.Bytes)), ("blob", Hex(blob))));
        }
    }

    private static byte[] AddCommits(AddCase add)
    {
        using var device = Ed25519PrivateKey.FromSeed(Key32);
        var other = Ed25519PrivateKey.FromSeed([.. Key32.Reverse()]).PublicKey;
        var chat = EntityId.FromUuid(World.Chat, Key32.AsSpan(0, 16));
        var facts = CommitWriter.Sort(
        [
            new Fact(chat, World.Name, FactValue.Text("Lunch"), [new Dot(device.PublicKey, new HybridTime(5), 1), new Dot(other, new HybridTime(6), 0)]),
            new Fact(chat, World.Tags, FactValue.Text("b"), []),
            new Fact(chat, World.Tags, FactValue.Text("a"), []),
            new Fact(chat, World.Tags, null, [new Dot(other, new HybridTime(4), 7)]),
            new Fact(chat, World.Key, FactValue.Secret("secret"u8), []),
            new Fact(chat, AttributeName.One("to"), FactValue.Reference(EntityId.FromUuid(World.Message, Key32.AsSpan(16))), []),
            new Fact(chat, AttributeName.One("at"), FactValue.Time(DateTimeOffset.UnixEpoch.AddMilliseconds(-1)), []),
            new Fact(chat, AttributeName.One("on"), FactValue.Boolean(true), []),
        ]);
        var signed = CommitWriter.Write(Head(StorePart.Signed, device), facts, device)[^1].Bytes.ToArray();
        AddRead(add, "every kind of fact, signed", signed, []);
        var unsigned = CommitWriter.Write(Head(StorePart.Unsigned, device), [new Fact(chat, World.Text, FactValue.Text("Noodles?"), [])], null)[^1].Bytes.ToArray();
        AddRead(add, "unsigned", unsigned, []);
        var nodes = CommitWriter.Write(Head(StorePart.Signed, device), [new Fact(chat, AttributeName.One("large"), FactValue.Bytes(new byte[1025]), [])], device);
        AddRead(add, "a value in a chunk", nodes[^1].Bytes.ToArray(), nodes);
        AddRead(add, "the chunk is missing", nodes[^1].Bytes.ToArray(), []);
        AddRead(add, "one byte too many", [.. unsigned, 0], []);
        AddRead(add, "a later version", [2, .. unsigned[1..]], []);
        AddRead(add, "a changed signature", [.. signed[..^1], (byte)(signed[^1] ^ 1)], []);
        var unsorted = CommitWriter.Write(Head(StorePart.Signed, device), [facts[1], facts[0]], device)[^1].Bytes.ToArray();
        AddRead(add, "facts out of order", unsorted, []);
        var elsewhere = CommitWriter.Write(Head(StorePart.Signed, device), [new Fact(chat, World.Text, FactValue.Text("x"), [])], device)[^1].Bytes.ToArray();
        AddRead(add, "a fact of the other part", elsewhere, []);
        return signed;
    }

    private static CommitHead Head(StorePart part, Ed25519PrivateKey device) => new()
    {
        LedgerId = Ledger,
        Part = part,
        Author = device.PublicKey,
        Time = new HybridTime(0x0123456789ab0001),
        Parents = [Hash256.Of("parent"u8)],
        HeadsSeen = [],
    };

    private static void AddRead(AddCase add, string comment, byte[] bytes, List<Node> nodes)
    {
        var node = new Node(NodeKind.Commit, bytes);
        var others = nodes.Where(item => item.Kind != NodeKind.Commit).ToDictionary(item => item.Name);
        var error = new CommitReader(others).TryRead(node, out var commit);
        var output = error != CommitError.None ? new JsonObject() : Obj(("name", Hex(node.Name.Bytes)), ("author", Hex(commit.Stamp.Author.Bytes)), ("factCount", commit.Facts.Count));
        add("CommitReader.TryRead", comment, Obj(("bytes", Hex(bytes)), ("chunks", new JsonArray([.. others.Values.Select(item => JsonValue.Create(Hex(item.Bytes.Span)))]))), error == CommitError.None ? "ok" : error.ToString(), output);
    }

    private static void AddRemnants(AddCase add, byte[] signed)
    {
        Assert.Equal(CommitError.None, new CommitReader(new Dictionary<Hash256, Node>()).TryRead(new Node(NodeKind.Commit, signed), out var commit));
        var nodes = RemnantWriter.Write(commit, [commit.Facts[1], commit.Facts[5]], [1, 5]);
        var remnant = nodes[^1].Bytes.ToArray();
        AddRemnant(add, "two facts of the signed commit are left", remnant, nodes);
        AddRemnant(add, "nothing is left but the head", RemnantWriter.Write(commit, [], [])[^1].Bytes.ToArray(), []);
        AddRemnant(add, "the leaf is missing", remnant, []);
        var places = remnant.AsSpan().LastIndexOf(new byte[] { 0, 2, 0, 1, 0, 5 });
        byte[] descending = [.. remnant];
        (descending[places + 3], descending[places + 5]) = (5, 1);
        AddRemnant(add, "places out of order", descending, nodes);
    }

    private static void AddRemnant(AddCase add, string comment, byte[] bytes, List<Node> nodes)
    {
        var others = nodes.Where(item => !item.IsCommit).ToDictionary(item => item.Name);
        var error = new CommitReader(others).TryReadRemnant(new Node(NodeKind.Remnant, bytes), out var commit);
        var output = error != CommitError.None ? new JsonObject() : Obj(("name", Hex(commit.Stamp.Name.Bytes)), ("author", Hex(commit.Stamp.Author.Bytes)), ("places", new JsonArray([.. commit.Places!.Select(place => JsonValue.Create(place))])));
        add("CommitReader.TryReadRemnant", comment, Obj(("bytes", Hex(bytes)), ("leaves", new JsonArray([.. others.Values.Select(item => JsonValue.Create(Hex(item.Bytes.Span)))]))), error == CommitError.None ? "ok" : error.ToString(), output);
    }

    private static void AddSlots(AddCase add)
    {
        using var key = new SecretBuffer(Key32);
        var id = SlotId.Derive("ratchet"u8, "chat"u8);
        add("SlotId.Derive", "the first 16 bytes of H", Obj(("use", Hex("ratchet"u8)), ("subject", Hex("chat"u8))), "ok", Obj(("id", Hex(id.Bytes))));
        add("SlotCipher.Seal", "zero nonce, as each version has a key of its own", Obj(("storeId", Hex(StoreId.Bytes)), ("id", Hex(id.Bytes)), ("version", 7), ("value", Hex("state"u8)), ("key", Hex(Key32))), "ok", Obj(("sealed", Hex(SlotCipher.Seal(StoreId, id, 7, "state"u8, key)))));
        add("SlotTable.Hash", "over two slots", Obj(("ids", new JsonArray(Hex(World.Slot(1).Bytes), Hex(World.Slot(2).Bytes))), ("versions", new JsonArray(1, 2))), "ok", Obj(("hash", Hex(SlotTable.Hash([(World.Slot(2), 2), (World.Slot(1), 1)]).Bytes))));
    }

    private static async Task AddFilesAsync(AddCase add)
    {
        using var storage = Storage();
        using var records = new LogCipher(storage, StoreId);
        var meta = new RecordMeta { SlotKeyId = 1, IsRetired = false, SlotClock = 2, SlotVersions = Hash256.Of("v"u8), SignedHead = Hash256.Of("s"u8), UnsignedHead = Hash256.Of("u"u8), Packs = [(0xab, 4096)], SealedEntries = "entries"u8.ToArray() };
        var record = records.Write(RecordKind.Start, 1, "blobs"u8, "slots"u8, meta, LogCipher.FirstMac(), new TestRandom(5));
        add("LogCipher.TryRead", "the first record of a log", Obj(("storageKey", Hex(Key32)), ("storeId", Hex(StoreId.Bytes)), ("previousMac", Hex(LogCipher.FirstMac())), ("record", Hex(record))), "ok", Obj(("kind", 1), ("blobs", Hex("blobs"u8)), ("mac", Hex(record.AsSpan(record.Length - 32)))));

        using var headerKey = storage.Derive(Labels.HeaderKey, 32);
        var header = new StoreHeader { Generation = 3, Sequence = 2, SlotKeyId = 1, SlotKey = new SecretBuffer(Key32), SlotVersions = Hash256.Of("v"u8), SignedHead = Hash256.Of("s"u8), UnsignedHead = Hash256.Of("u"u8), PurgedAt = 1_700_000_000_000 };
        add("StoreHeader.TryRead", "buffer 1", Obj(("storageKey", Hex(Key32)), ("storeId", Hex(StoreId.Bytes)), ("buffer", 1), ("bytes", Hex(header.Write(1, StoreId, headerKey, new TestRandom(6))))), "ok", Obj(("generation", 3), ("sequence", 2), ("slotKey", Hex(Key32))));

        var passwordLock = PasswordLock.Generate(Argon2idParameters.ForTestsOnly(8, 1), new TestRandom(7));
        using var passwordKeys = await passwordLock.DeriveAsync(World.Password, World.Cheap(), CancellationToken.None);
        using var slotKey = passwordKeys.Derive(Labels.PasswordSlotKey);
        var slots = new KeySlots { StoreId = StoreId, LedgerId = Ledger, Generation = 1, Lock = passwordLock, SealedKey = Sealed.Seal(Key32, KeySlots.SlotContext(StoreId, passwordLock, []), slotKey, new TestRandom(8)), SealedBackupRoot = default };
        add("KeySlots.TryRead", "the file keys; password \"correct horse\"; the cost is below what is accepted, to be fast", Obj(("password", Hex(World.Password.Span)), ("file", Hex(slots.Write(storage)))), "ok", Obj(("storageKey", Hex(Key32))));
        AddKeySlots(add, passwordLock, passwordKeys, storage);
    }

    private static void AddKeySlots(AddCase add, PasswordLock passwordLock, PasswordKeys passwordKeys, StorageKey storage)
    {
        using var recovery = StoreRecoveryKey.FromBytes(Key32);
        using var device = StoreDeviceKey.FromBytes(Key32);
        using var recoveryPair = recovery.OpenPair();
        using var devicePair = device.OpenPair();
        foreach (var pair in new[] { recoveryPair, devicePair })
            add("SlotKeyPair.Derive", "public key and id of the slot that 32 bytes open", Obj(("kind", (int)pair.Kind), ("key", Hex(Key32))), "ok", Obj(("publicKey", Hex(pair.PublicKey.Bytes)), ("id", Hex(KeySlot.SlotOf(pair.Kind, pair.PublicKey).Id.Bytes))));

        using var root = new SecretBuffer("backup root"u8);
        var slots = KeySlots.Seal(StoreId, Ledger, 2, passwordLock, passwordKeys, [(StoreKeySlotKind.Recovery, recoveryPair.PublicKey), (StoreKeySlotKind.Device, devicePair.PublicKey)], storage, default, root, new TestRandom(9));
        using var writer = new ByteWriter();
        slots.Others.Single(slot => slot.Slot.Kind == StoreKeySlotKind.Recovery).Write(writer);
        add("KeySlot.TryOpen", "a slot of a recovery key with the backup root in it", Obj(("key", Hex(Key32)), ("storeId", Hex(StoreId.Bytes)), ("slot", Hex(writer.Written))), "ok", Obj(("storageKey", Hex(storage.Bytes)), ("root", Hex(root.Bytes))));
        add("KeySlots.TryRead", "the file keys, version 2, with three slots and a backup root; password, recovery and device key as above", Obj(("password", Hex(World.Password.Span)), ("recoveryKey", Hex(Key32)), ("deviceKey", Hex(Key32)), ("file", Hex(slots.Write(storage)))), "ok", Obj(("storageKey", Hex(storage.Bytes)), ("root", Hex(root.Bytes))));
        using var dataKey = new StorageKey(new SecretBuffer([.. Key32.Reverse()]), StoreId);
        var purged = slots.WithDataKey(storage, dataKey, new TestRandom(10));
        add("KeySlots.TryRead", "the same after a purge: generation 3, whose files are under a key of their own", Obj(("password", Hex(World.Password.Span)), ("recoveryKey", Hex(Key32)), ("deviceKey", Hex(Key32)), ("file", Hex(purged.Write(storage)))), "ok", Obj(("storageKey", Hex(storage.Bytes)), ("dataKey", Hex(dataKey.Bytes))));
        var alone = KeySlots.Seal(StoreId, Ledger, 2, passwordLock, passwordKeys, [], storage, default, null, new TestRandom(11)).Write(storage);
        alone[9] = 2;
        byte[] body = [.. alone.AsSpan(0, alone.Length - 50), 0, .. alone.AsSpan(alone.Length - 50)];
        Blake2b.Hash(body.AsSpan(body.Length - 16), body.AsSpan(0, body.Length - 16));
        var error = KeySlots.TryRead(body, out _);
        add("KeySlots.TryRead", "version 2 with what version 1 could hold", Obj(("file", Hex(body))), error.ToString(), new JsonObject());
        Assert.Equal(StoreError.Damaged, error);
    }
}
