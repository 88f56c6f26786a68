using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Store.Tests;

/// <summary>E-70, E-71: every decoder takes anything, answers with its enum or not at all, and takes no memory that the input doesn't pay for.</summary>
public class FuzzTests
{
    private const int Rounds = 3000;
    private readonly World _world = new();
    private readonly TestRandom _random = new(99);

    [Fact]
    public void E70_Commits()
    {
        var nodes = Sample();
        var others = nodes.Where(node => node.Kind != NodeKind.Commit).DistinctBy(node => node.Name).ToDictionary(node => node.Name);
        var reader = new CommitReader(others);
        Assert.Equal(CommitError.None, reader.TryRead(nodes[^1], out _));
        foreach (var mutant in Mutants(nodes[^1].Bytes.ToArray()))
            Assert.True(Enum.IsDefined(reader.TryRead(new Node(NodeKind.Commit, mutant), out _)));
    }

    [Fact]
    public void E70_Commits_of_the_unsigned_part_are_never_malleable()
    {
        var head = new CommitHead { LedgerId = default, Part = StorePart.Unsigned, Author = _world.Device.PublicKey, Time = new HybridTime(7), Parents = [], HeadsSeen = [] };
        var facts = CommitWriter.Sort([new Fact(_world.NewEntity(World.Message), World.Text, FactValue.Text("hello"), [new Dot(_world.Device.PublicKey, new HybridTime(1), 2)])]);
        var bytes = CommitWriter.Write(head, facts, null)[^1].Bytes.ToArray();
        var reader = new CommitReader(new Dictionary<Hash256, Node>());
        foreach (var mutant in Mutants(bytes))
        {
            // what is read is what would be written: no two byte strings give one commit
            var node = new Node(NodeKind.Commit, mutant);
            if (reader.TryRead(node, out var commit) != CommitError.None)
                continue;
            var again = new CommitHead { LedgerId = commit.LedgerId, Part = commit.Part, Epoch = commit.Epoch, Author = commit.Stamp.Author, Time = commit.Stamp.Time, Parents = commit.Parents, HeadsSeen = commit.HeadsSeen };
            Assert.Equal(node.Name, CommitWriter.Write(again, commit.Facts, null)[^1].Name);
        }
    }

    [Fact]
    public void E70_Remnants_of_commits()
    {
        var nodes = Sample();
        var others = nodes.Where(node => node.Kind != NodeKind.Commit).DistinctBy(node => node.Name).ToDictionary(node => node.Name);
        Assert.Equal(CommitError.None, new CommitReader(others).TryRead(nodes[^1], out var commit));
        var remnant = RemnantWriter.Write(commit, [commit.Facts[0], commit.Facts[3]], [0, 3]);
        foreach (var part in remnant)
            others.TryAdd(part.Name, part);
        var reader = new CommitReader(others);
        Assert.Equal(CommitError.None, reader.TryReadRemnant(remnant[^1], out _));
        foreach (var mutant in Mutants(remnant[^1].Bytes.ToArray()))
        {
            var node = new Node(NodeKind.Remnant, mutant);
            var error = reader.TryReadRemnant(node, out var read);
            Assert.True(Enum.IsDefined(error));
            if (error == CommitError.None)
                Assert.Equal(node.Name, RemnantWriter.Write(read, read.Facts, read.Places!)[^1].Name);
        }
    }

    [Fact]
    public void E70_Leaves_behind_a_commit()
    {
        var nodes = Sample();
        var leaf = nodes.First(node => node.Kind == NodeKind.Leaf);
        var others = nodes.Where(node => node.Kind != NodeKind.Commit).DistinctBy(node => node.Name).ToDictionary(node => node.Name);
        foreach (var mutant in Mutants(leaf.Bytes.ToArray()))
        {
            var facts = new List<Fact>();
            Assert.True(Enum.IsDefined(new LeafReader(new NodeSource(others), [_world.Device.PublicKey], facts).TryRead(mutant)));
        }
    }

    [Fact]
    public void E71_A_value_that_claims_more_than_is_there_takes_no_memory()
    {
        // one chunk named again and again: 32 bytes of input for 32 KiB of value, up to the limit of a commit
        var chunk = new Node(NodeKind.Chunk, new byte[CommitWriter.ChunkSize]);
        var facts = Enumerable.Range(0, 64).Select(i => new Fact(_world.NewEntity(World.Chat), World.Name, FactValue.Bytes(new byte[FactValue.MaxSize]), [])).ToArray();
        var head = new CommitHead { LedgerId = default, Part = StorePart.Signed, Author = _world.Device.PublicKey, Time = new HybridTime(7), Parents = [], HeadsSeen = [] };
        Assert.Throws<InvalidOperationException>(() => CommitWriter.Write(head, CommitWriter.Sort(facts), _world.Device));

        using var leaf = new ByteWriter();
        leaf.WriteUInt16(40);
        for (var i = 0; i < 40; i++)
        {
            leaf.WriteName("chat");
            leaf.WriteUInt64(0);
            leaf.WriteUInt64((ulong)i);
            leaf.WriteUInt16(1);
            leaf.WriteByte(CommitWriter.AssertOperation);
            leaf.WriteByte(0);
            leaf.WriteName("name");
            leaf.WriteUInt16(0);
            leaf.WriteByte((int)FactKind.Bytes);
            leaf.WriteUInt32(FactValue.MaxSize);
            for (var j = 0; j < FactValue.MaxSize / CommitWriter.ChunkSize; j++)
                leaf.WriteFixed(chunk.Name.Bytes);
        }
        var read = new List<Fact>();
        var source = new NodeSource(new Dictionary<Hash256, Node> { [chunk.Name] = chunk });
        Assert.Equal(CommitError.Malformed, new LeafReader(source, [_world.Device.PublicKey], read).TryRead(leaf.Written));
        Assert.True(read.Count <= CommitWriter.MaxChunkedSize / FactValue.MaxSize);
    }

    [Fact]
    public void E70_Key_slots_headers_records_and_blobs()
    {
        var storeId = Hash256.Of("store"u8);
        using var storage = StorageKey.Generate(_random, storeId);
        using var headerKey = storage.Derive(Labels.HeaderKey, 32);
        using var blobs = new BlobCipher(storage);
        using var records = new LogCipher(storage, storeId);
        var header = new StoreHeader { Generation = 1, Sequence = 2, SlotKeyId = 3, SlotKey = new SecretBuffer(32), SlotVersions = default, SignedHead = default, UnsignedHead = default, PurgedAt = 4 };
        var headerBytes = header.Write(0, storeId, headerKey, _random);
        foreach (var mutant in Mutants(headerBytes))
            Assert.True(mutant.AsSpan().StartsWith(headerBytes) || StoreHeader.TryRead(mutant, 0, storeId, headerKey) is null);

        var meta = new RecordMeta { SlotKeyId = 1, IsRetired = false, SlotClock = 2, SlotVersions = default, SignedHead = default, UnsignedHead = default, Packs = [(1, 2)], SealedEntries = new byte[90] };
        using var metaBytes = new ByteWriter();
        meta.Write(metaBytes);
        foreach (var mutant in Mutants(metaBytes.ToArray()))
            _ = RecordMeta.TryRead(mutant);
        var record = records.Write(RecordKind.Batch, 5, new byte[100], new byte[10], meta, LogCipher.FirstMac(), _random);
        foreach (var mutant in Mutants(record))
        {
            Assert.True(mutant.AsSpan().StartsWith(record) || records.TryRead(mutant, 0, 5, LogCipher.FirstMac()) is null);
            _ = records.IsFollowed(mutant, 0, 4);
        }

        var node = new Node(NodeKind.Leaf, new byte[70]);
        var blob = new byte[BlobCipher.SizeOf(70)];
        blobs.Seal(node, blob);
        foreach (var mutant in Mutants(blob))
        {
            ReadOnlyMemory<byte> rest = mutant;
            if (BlobCipher.TrySplit(ref rest, out var split))
                Assert.True(split.Span.SequenceEqual(blob) || !blobs.TryOpen(split.Span, out _));
        }
        foreach (var mutant in Mutants(NodeBundle.Write([node, node])))
            _ = NodeBundle.TryRead(mutant, mayHaveRemnants: true, out _);
    }

    [Fact]
    public void E70_Slot_entries_locks_and_contents_of_exports()
    {
        var storeId = Hash256.Of("store"u8);
        using var slotKey = new SecretBuffer(32);
        var entries = SlotTable.SealEntries([new SlotEntry(World.Slot(1), 1, new SecretBuffer(32), 5, 6)], storeId, 1, 2, slotKey, _random);
        foreach (var mutant in Mutants(entries))
            Assert.Null(SlotTable.OpenEntries(mutant, storeId, 1, 2, slotKey));

        FuzzKeySlots();

        var passwordLock = PasswordLock.Generate(Argon2idParameters.Standard, _random);
        using var keys = new PasswordKeys(new SecretBuffer(32));
        using var content = new ByteWriter();
        content.WriteUInt64(0);
        content.WriteFixed(default(Hash256).Bytes);
        content.WriteUInt16(0);
        content.WriteFixed(NodeBundle.Write(Sample()));
        var padded = new byte[ExportFile.PaddedSize(content.Length)];
        content.Written.CopyTo(padded);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(padded, (ulong)content.Length);
        Assert.NotNull(ImportedContents.TryRead(padded, true, passwordLock, keys));
        foreach (var mutant in Mutants(padded).Take(500))
            _ = ImportedContents.TryRead(mutant, true, passwordLock, keys);
        foreach (var mutant in Mutants(new byte[24]))
        {
            var reader = new WireReader(mutant);
            Assert.True(Enum.IsDefined(PasswordLock.TryRead(ref reader, out _)));
        }
    }

    [Fact]
    public async Task E70_Key_slots()
    {
        var files = new MemoryFiles();
        await (await _world.CreateAsync(new MemoryBackend(files))).DisposeAsync();
        foreach (var mutant in Mutants(files.Content["keys"].ToArray()))
            Assert.True(Enum.IsDefined(KeySlots.TryRead(mutant, out _)));
    }

    private void FuzzKeySlots()
    {
        var storeId = Hash256.Of("store"u8);
        using var storage = StorageKey.Generate(_random, storeId);
        using var recovery = StoreRecoveryKey.Generate(_random);
        using var pair = recovery.OpenPair();
        using var passwordKeys = new PasswordKeys(new SecretBuffer(32));
        var slots = KeySlots.Seal(storeId, storeId, 1, PasswordLock.Generate(Argon2idParameters.Standard, _random), passwordKeys, [(StoreKeySlotKind.Recovery, pair.PublicKey)], storage, KeySlots.SealDataKey(storeId, 1, storage, storage, _random), null, _random);
        var file = slots.Write(storage);
        foreach (var mutant in Mutants(file))
        {
            // the checksum is made right, so that what is behind it is reached
            if (mutant.Length > 16)
                Blake2b.Hash(mutant.AsSpan(mutant.Length - 16), mutant.AsSpan(0, mutant.Length - 16));
            var error = KeySlots.TryRead(mutant, out var read);
            Assert.True(Enum.IsDefined(error));
            if (error == StoreError.None)
            {
                Assert.True(mutant.AsSpan().SequenceEqual(file) || !KeySlots.IsAuthentic(mutant, storage));
                Assert.Equal(mutant.Length, read!.Write(storage).Length);
            }
        }
        using var slot = new ByteWriter();
        slots.Others[0].Write(slot);
        foreach (var mutant in Mutants(slot.ToArray()))
        {
            var reader = new WireReader(mutant);
            if (KeySlot.TryRead(ref reader, out var read) && read.TryOpen(pair, storeId, out var key, out _))
            {
                Assert.True(key.Bytes.SequenceEqual(storage.Bytes));
                Assert.True(mutant.AsSpan().StartsWith(slot.Written));
            }
        }
    }

    private List<Node> Sample()
    {
        var chat = _world.NewEntity(World.Chat);
        var facts = new List<Fact>
        {
            new(chat, World.Name, FactValue.Text("Lunch"), [new Dot(_world.Device.PublicKey, new HybridTime(1), 3), new Dot(new World(7).Device.PublicKey, new HybridTime(2), 0)]),
            new(chat, World.Key, FactValue.Secret("secret"u8), []),
            new(chat, AttributeName.One("when"), FactValue.Time(_world.Time.Now), []),
            new(chat, AttributeName.One("yes"), FactValue.Boolean(true), []),
            new(chat, AttributeName.One("number"), FactValue.Number(-5), []),
            new(chat, AttributeName.One("to"), FactValue.Reference(_world.NewEntity(World.Message)), []),
            new(chat, AttributeName.One("large"), FactValue.Bytes(new byte[70_000]), []),
            new(chat, World.Tags, null, [new Dot(_world.Device.PublicKey, new HybridTime(1), 9)]),
        };
        for (var i = 0; i < 40; i++)
            facts.Add(new Fact(_world.NewEntity(World.Chat), World.Tags, FactValue.Text(new string('x', 900)), []));
        var head = new CommitHead { LedgerId = default, Part = StorePart.Signed, Epoch = Hash256.Of("epoch"u8), Author = _world.Device.PublicKey, Time = new HybridTime(7), Parents = [], HeadsSeen = [Hash256.Of("head"u8)] };
        return CommitWriter.Write(head, CommitWriter.Sort(facts), _world.Device);
    }

    private IEnumerable<byte[]> Mutants(byte[] valid)
    {
        for (var i = 0; i < Rounds; i++)
        {
            var mutant = valid.ToArray();
            switch (_random.Next(5))
            {
                case 0:
                    mutant = new byte[_random.Next(300)];
                    _random.Fill(mutant);
                    break;
                case 1:
                    mutant = mutant[.._random.Next(mutant.Length)];
                    break;
                case 2:
                    mutant = [.. mutant, (byte)_random.Next(256)];
                    break;
                case 3:
                    var position = _random.Next(mutant.Length);
                    mutant[position] = (byte)(_random.Next(2) == 0 ? 255 : 0);
                    if (mutant[position] == valid[position])
                        mutant[position] ^= 1;
                    break;
                default:
                    mutant[_random.Next(mutant.Length)] ^= (byte)(1 << _random.Next(8));
                    break;
            }
            yield return mutant;
        }
    }
}
