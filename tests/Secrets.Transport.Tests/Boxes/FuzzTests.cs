using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>Every decoder of this layer under mutated and random input: only named outcomes, no exception (E-70, E-71).</summary>
public sealed class FuzzTests
{
    [Fact]
    public void Requests() => Fuzzing.Run(Seeds(), bytes =>
    {
        Assert.True(Enum.IsDefined(BoxRequest.TryGetLength(bytes, out var length)));
        Assert.InRange(length, 0, 65_792);
        Assert.True(Enum.IsDefined(BoxRequest.TryRead(bytes, out _)));
    });

    [Fact]
    public void Answers() => Fuzzing.Run(Seeds(), bytes =>
    {
        Assert.True(Enum.IsDefined(BoxAnswer.TryGetLength(bytes, out var length)));
        Assert.InRange(length, 0, 65_792);
        Assert.True(Enum.IsDefined(BoxAnswer.TryRead(bytes, out _)));
    });

    [Fact]
    public void Bells()
    {
        using var key = RelayKey(1);
        var bell = new BellBuilder(Relay(1), 1, default, new SeededRandom(1)).Ring(key).Encoded.ToArray();
        Fuzzing.Run([bell], bytes => Assert.True(Enum.IsDefined(Bell.TryRead(bytes, Relay(1), out _))));
    }

    [Fact]
    public void Manifests()
    {
        using var key = RelayKey(1);
        var terms = new RelayManifestTerms { LimitDays = 21, BellIntervalMilliseconds = 2_000, IssuedAt = Noon };
        var manifest = RelayManifest.Create(key, key.PublicKey, terms, [new(1, 1, 1, "key"u8)]).Encoded.ToArray();
        Fuzzing.Run([manifest], bytes => Assert.True(Enum.IsDefined(RelayManifest.TryRead(bytes, out _))));
    }

    [Fact]
    public void Stored_states_and_capabilities()
    {
        using var capability = Capability(1);
        using var reader = BoxReader.Create(capability.GrantRead(), BoxClass.Small, [Relay(1)]);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        Assert.Equal(BoxError.None, reader.TryOpen(Relay(1), keys.Seal(BoxKind.Data, "a"u8), out var received));
        reader.Commit(received!, Noon);
        reader.Abandon(reader.NextIndex + 3, Noon);
        using var writer = BoxWriter.Create(Capability(2), BoxClass.Large);
        Fuzzing.Run([Export(reader), Export(writer), Export(capability)], bytes =>
        {
            Assert.True(Enum.IsDefined(BoxReader.TryRead(bytes, out var readerAgain)));
            Assert.True(Enum.IsDefined(BoxWriter.TryRead(bytes, out var writerAgain)));
            _ = ReadCapability.TryRead(bytes, out _);
            _ = WriteCapability.TryRead(bytes, out _);
            _ = BoxIndexState.TryRead(bytes, out _);
            readerAgain?.Dispose();
            writerAgain?.Dispose();
        });
    }

    [Fact]
    public void Sealed_boxes_and_deletes()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        using var reader = BoxReader.Create(capability.GrantRead(), BoxClass.Small, [Relay(1)]);
        var box = keys.Seal(BoxKind.Data, "a"u8);
        var encoded = new byte[box.EncodedSize];
        box.Write(encoded);
        var tombstone = new byte[Tombstone.Size];
        keys.SignTombstone().Write(tombstone);
        Fuzzing.Run([encoded, tombstone], bytes =>
        {
            if (SealedBox.TryRead(bytes, out var read) == BoxError.None)
                Assert.True(Enum.IsDefined(reader.TryOpen(Relay(1), read!, out _)));
            if (Tombstone.TryRead(bytes, out var mark))
                Assert.True(Enum.IsDefined(reader.TryOpen(Relay(1), mark, out _)));
        });
    }

    [Fact]
    public void Plaintexts()
    {
        var plaintext = new byte[4_056];
        BoxPlaintext.Write(plaintext, BoxKind.Data, "text"u8);
        Fuzzing.Run([plaintext], bytes =>
        {
            Assert.True(Enum.IsDefined(BoxPlaintext.TryRead(bytes, out _, out var length)));
            Assert.InRange(length, 0, Math.Max(0, bytes.Length - 4));
        });
    }

    private static byte[][] Seeds()
    {
        var random = new SeededRandom(1);
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        var box = keys.Seal(BoxKind.Data, "text"u8);
        var read = new byte[256];
        var write = new byte[4_352];
        var delete = new byte[256];
        var none = new byte[256];
        var hit = new byte[4_352];
        BoxRequest.WriteRead(read, box.Address, BoxClass.Small, 9, random);
        BoxRequest.WriteWrite(write, box, true);
        BoxRequest.WriteDelete(delete, keys.SignTombstone(), BoxClass.Small, random);
        BoxAnswer.WriteStatus(none, BoxStatus.None, BoxClass.Small, box.Address, default, random);
        BoxAnswer.WriteBox(hit, BoxStatus.Ok, BoxClass.Small, box.Address, box.Signature, box.Payload);
        return [read, write, delete, none, hit];
    }
}
