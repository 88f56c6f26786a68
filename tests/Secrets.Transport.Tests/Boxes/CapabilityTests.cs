using System.Buffers.Binary;
using Secrets.Crypto;
using Secrets.Transport.Boxes;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

public sealed class CapabilityTests
{
    // the eight points of small order and the non-canonical ways to write two of them
    private static readonly string[] SmallOrder =
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    [Fact]
    public void Start_indices_are_sums_of_two_numbers_below_2_to_62_so_that_none_is_near_the_end_E_31()
    {
        using var lowest = WriteCapability.Generate(new ConstantRandom(0));
        using var highest = WriteCapability.Generate(new ConstantRandom(0xff));

        Assert.Equal(1UL, lowest.Index);
        Assert.Equal(2 * ((1UL << 62) - 1) + 1, highest.Index);
        Assert.True(ulong.MaxValue - highest.Index > 1UL << 62);
    }

    [Fact]
    public void Start_indices_differ_between_channels()
    {
        var indices = Enumerable.Range(0, 50).Select(seed =>
        {
            using var capability = Capability(seed);
            return capability.Index;
        });

        Assert.Equal(50, indices.Distinct().Count());
    }

    [Fact]
    public void A_channel_from_a_seed_starts_at_index_1()
    {
        using var capability = WriteCapability.FromSeed(new byte[32], new byte[32]);

        Assert.Equal(1UL, capability.Index);
        Assert.Throws<ArgumentException>(() => WriteCapability.FromSeed(new byte[31], new byte[32]));
        Assert.Throws<ArgumentException>(() => WriteCapability.FromSeed(new byte[32], new byte[33]));
    }

    [Fact]
    public void The_last_index_does_not_advance_and_is_never_written_E_31()
    {
        var bytes = new byte[WriteCapability.Size];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), ulong.MaxValue - 1);
        Assert.True(WriteCapability.TryRead(bytes, out var capability));
        using var writer = BoxWriter.Create(capability, BoxClass.Small);

        Assert.True(writer.TryWrite(BoxKind.Data, "last"u8, [Relay(1)], out var written));
        Assert.Equal(ulong.MaxValue - 1, written!.Index);
        Assert.False(writer.TryWrite(BoxKind.Data, "none"u8, [Relay(1)], out written));
        Assert.Null(written);
        Assert.False(capability.TryAdvance());
        Assert.Equal(ulong.MaxValue, writer.NextIndex);
    }

    [Fact]
    public void A_reader_reaches_the_last_index_and_stops_there_E_31()
    {
        var bytes = new byte[WriteCapability.Size];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), ulong.MaxValue - 2);
        Assert.True(WriteCapability.TryRead(bytes, out var capability));
        using var reader = BoxReader.Create(capability.GrantRead(), BoxClass.Small, [Relay(1)]);
        Assert.Equal(3, reader.Expected.Count);
        Assert.True(capability.TryAdvance());
        Assert.True(capability.TryAdvance());
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);

        Assert.Equal(BoxError.None, reader.TryOpen(Relay(1), keys.Seal(BoxKind.Data, "end"u8), out var received));
        reader.Commit(received!, Noon);

        Assert.True(reader.IsExhausted);
        Assert.Equal(2, reader.Holes.Count);
        Assert.All(reader.Expected, expected => Assert.True(expected.IsHole));
        using var again = ImportReader(Export(reader));
        Assert.True(again.IsExhausted);
        Assert.Equal(2, again.Expected.Count);
    }

    [Fact]
    public void Capabilities_survive_writing_and_reading()
    {
        using var capability = Capability(1);
        using var read = capability.GrantRead();

        Assert.True(WriteCapability.TryRead(Export(capability), out var capabilityAgain));
        Assert.True(ReadCapability.TryRead(Export(read), out var readAgain));

        Assert.Equal(Export(capability), Export(capabilityAgain));
        Assert.Equal(Export(read), Export(readAgain));
        Assert.Equal(capability.Index, readAgain.Index);
    }

    [Fact]
    public void Capabilities_of_another_length_are_refused()
    {
        foreach (var size in (int[])[0, 1, 135, 137, 168])
        {
            Assert.False(ReadCapability.TryRead(new byte[size], out _));
            Assert.False(WriteCapability.TryRead(new byte[size], out _));
        }
        Assert.False(BoxIndexState.TryRead(new byte[103], out _));
    }

    [Fact]
    public void A_root_of_small_order_or_not_canonical_is_refused_E_5()
    {
        foreach (var point in SmallOrder)
            Assert.False(ReadCapability.TryRead([.. Hex(point), .. new byte[BoxIndexState.Size]], out _));
    }

    [Fact]
    public void Under_an_address_of_small_order_nothing_verifies_E_5_decision_22()
    {
        foreach (var point in SmallOrder)
        {
            foreach (var r in SmallOrder)
            {
                var signature = Signature([.. Hex(r), .. new byte[32]]);
                Assert.False(Address(Hex(point)).Verify("text"u8, signature));
                Assert.False(new Tombstone(Address(Hex(point)), signature).Verify());
            }
        }
    }

    [Fact]
    public void A_signature_with_S_plus_L_is_refused_E_5_decision_22()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        var bytes = keys.SignTombstone().Signature.Bytes.ToArray();
        var order = Hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        var carry = 0;
        for (var i = 0; i < 32; i++)
        {
            carry += bytes[32 + i] + order[i];
            bytes[32 + i] = unchecked((byte)carry);
            carry >>= 8;
        }

        Assert.True(keys.SignTombstone().Verify());
        Assert.False(new Tombstone(keys.Address, Signature(bytes)).Verify());
    }

    [Fact]
    public void An_advanced_state_does_not_hold_what_was_before_E_35()
    {
        using var capability = Capability(1);
        var before = Export(capability);

        Assert.True(capability.TryAdvance());

        var after = Export(capability);
        foreach (var offset in (int[])[40, 72, 104])
            Assert.True(after.AsSpan().IndexOf(before.AsSpan(offset, 32)) < 0);
    }

    [Fact]
    public void Nothing_works_after_disposal()
    {
        var capability = Capability(1);
        var read = capability.GrantRead();
        capability.Dispose();
        read.Dispose();

        Assert.Throws<ObjectDisposedException>(() => capability.TryAdvance());
        Assert.Throws<ObjectDisposedException>(() => capability.DeriveKeys(Relay(1), BoxClass.Small));
        Assert.Throws<ObjectDisposedException>(() => read.DeriveKeys(Relay(1), BoxClass.Small));
    }

    [Fact]
    public void The_names_of_secret_things_are_all_they_print()
    {
        using var capability = Capability(1);
        using var read = capability.GrantRead();

        Assert.Equal("WriteCapability ReadCapability RelayId", $"{capability} {read} {Relay(1)}");
    }

    private sealed class ConstantRandom(byte value) : RandomSource
    {
        public override void Fill(Span<byte> destination) => destination.Fill(value);
    }
}
