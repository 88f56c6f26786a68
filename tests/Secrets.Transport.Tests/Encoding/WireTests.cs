using FsCheck;
using FsCheck.Fluent;
using Secrets.Transport.Encoding;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Encoding;

public sealed class WireTests
{
    [Fact]
    public void Numbers_are_big_endian()
    {
        var bytes = new byte[15];
        var writer = new WireWriter(bytes);
        writer.WriteByte(0x01);
        writer.WriteUInt16(0x0203);
        writer.WriteUInt32(0x04050607);
        writer.WriteUInt64(0x08090a0b0c0d0e0f);

        Assert.Equal("0102030405060708090a0b0c0d0e0f", Hex(bytes));
        var reader = new WireReader(bytes);
        Assert.True(reader.TryReadByte(out var a) & reader.TryReadUInt16(out var b) & reader.TryReadUInt32(out var c) & reader.TryReadUInt64(out var d));
        Assert.True(reader.IsAtEnd);
        Assert.Equal((1, 0x0203, 0x04050607u, 0x08090a0b0c0d0e0fUL), (a, b, c, d));
    }

    [Fact]
    public void A_field_that_does_not_fit_leaves_the_reader_where_it_was()
    {
        var reader = new WireReader([0x00, 0x00, 0x00, 0x05, 0x01]);

        Assert.False(reader.TryReadUInt64(out var number));
        Assert.Equal(0UL, number);
        Assert.False(reader.TryReadBytes32(100, out _));
        Assert.False(reader.TryReadFixed(6, out _));
        Assert.False(reader.TryReadFixed(-1, out _));
        Assert.Equal(5, reader.Remaining);
        Assert.True(reader.TryReadBytes8(0, out var empty));
        Assert.True(empty.IsEmpty);
        Assert.True(reader.TryReadBytes16(10, out empty));
        Assert.True(empty.IsEmpty);
        Assert.False(reader.TryReadBytes16(10, out _));
        Assert.Equal(2, reader.Remaining);
    }

    [Fact]
    public void Lengths_above_the_limit_or_the_rest_are_refused_without_overflow_E_71()
    {
        foreach (var text in (string[])["ff", "ffff", "7fffffff00", "80000000ff", "ffffffff00"])
        {
            var bytes = Hex(text);
            var reader = new WireReader(bytes);
            Assert.False(reader.TryReadBytes8(255, out _) && bytes[0] != 0);
            Assert.False(new WireReader(bytes).TryReadBytes16(65_535, out _));
            Assert.False(new WireReader(bytes).TryReadBytes32(int.MaxValue, out _));
        }
        Assert.False(new WireReader([2, 1, 1]).TryReadBytes8(1, out _));
        Assert.False(new WireReader([0, 2, 1, 1]).TryReadBytes16(1, out _));
        Assert.False(new WireReader([0, 0, 0, 2, 1, 1]).TryReadBytes32(1, out _));
    }

    [Fact]
    public void A_destination_that_is_too_short_is_our_own_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WireWriter(new byte[3]).WriteUInt32(1));
        Assert.Throws<OverflowException>(() => new WireWriter(new byte[400]).WriteBytes8(new byte[256]));
        Assert.Throws<OverflowException>(() => new WireWriter(new byte[70_000]).WriteBytes16(new byte[65_536]));
    }

    [Fact]
    public void Fields_written_are_read_back_and_only_those_bytes_give_them()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(200)), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new SeededRandom(seed);
            var parts = Enumerable.Range(0, 3).Select(_ => random.Bytes(random.Below(300))).ToArray();
            parts[0] = parts[0].AsSpan(0, Math.Min(255, parts[0].Length)).ToArray();
            var bytes = new byte[1 + 2 + 4 + parts.Sum(part => part.Length)];
            var writer = new WireWriter(bytes);
            writer.WriteBytes8(parts[0]);
            writer.WriteBytes16(parts[1]);
            writer.WriteBytes32(parts[2]);

            var reader = new WireReader(bytes);
            Assert.True(reader.TryReadBytes8(255, out var a));
            Assert.True(reader.TryReadBytes16(65_535, out var b));
            Assert.True(reader.TryReadBytes32(int.MaxValue, out var c));
            Assert.True(reader.IsAtEnd);
            Assert.Equal(parts[0], a);
            Assert.Equal(parts[1], b);
            Assert.Equal(parts[2], c);
            Assert.Equal(bytes.Length, writer.Length);
        }));
    }

    [Fact]
    public void No_input_makes_the_reader_throw_E_70() => Fuzzing.Run([new byte[40]], bytes =>
    {
        var random = new SeededRandom(bytes.Length);
        var reader = new WireReader(bytes);
        for (var i = 0; i < 20; i++)
        {
            var before = reader.Remaining;
            var taken = random.Below(8) switch
            {
                0 => reader.TryReadByte(out _),
                1 => reader.TryReadUInt16(out _),
                2 => reader.TryReadUInt32(out _),
                3 => reader.TryReadUInt64(out _),
                4 => reader.TryReadFixed(random.Below(50), out _),
                5 => reader.TryReadBytes8(random.Below(300), out _),
                6 => reader.TryReadBytes16(random.Below(300), out _),
                _ => reader.TryReadBytes32(random.Below(300), out _),
            };
            Assert.True(taken || reader.Remaining == before);
        }
    });
}
