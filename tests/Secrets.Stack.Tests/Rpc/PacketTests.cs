using System.Buffers;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Secrets.Stack.Tests;

public class PacketTests
{
    [Fact]
    public void All_our_vectors_hold()
    {
        foreach (var vector in VectorFile.Load("packets.json", 54))
        {
            var bytes = vector["in"]!.Hex("bytes");
            using var reader = new PacketReader(StackOptions.DefaultMaxItemSize);
            var (error, packets) = Read(reader, [bytes]);
            Assert.Equal((string?)vector["expect"], error.ToString());
            var expected = vector["out"];
            Assert.Equal((bool?)expected?["ended"] ?? false, reader.IsEnded);
            if (expected?["id"] is null)
            {
                Assert.Empty(packets);
                continue;
            }

            var packet = Assert.Single(packets);
            Assert.Equal((int)expected["id"]!, packet.Id);
            Assert.Equal((string?)expected["kind"], packet.Item.Kind.ToString());
            Assert.Equal((bool)expected["isStream"]!, packet.IsStream);
            Assert.Equal((bool)expected["isEnd"]!, packet.IsEnd);
            Assert.Equal((string?)expected["body"], VectorFile.Hex(packet.Item.Body.Span));
            if (packet.Item.Length > 0 && bytes[0] < 0x10)
                Assert.Equal(bytes, Write(packet));
            packet.Item.Dispose();
        }
    }

    [Fact]
    public void However_the_plaintext_is_cut_the_same_packets_come_out()
    {
        Prop.ForAll(Gen.Choose(1, 40_000).ListOf(5).ToArbitrary(), Gen.Choose(1, 9000).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (lengths, cut, seed) =>
        {
            var random = new SeededRandom(seed);
            var bodies = lengths.Select(random.Bytes).ToArray();
            var plain = bodies.SelectMany((body, i) => Write(RpcKind.Binary, true, false, i + 1, body)).ToArray();
            using var reader = new PacketReader(StackOptions.DefaultMaxItemSize);
            var (error, packets) = Read(reader, plain.Chunk(cut));
            return error == StackError.None && packets.Count == bodies.Length && packets.Zip(bodies).All(pair => pair.First.Item.Body.Span.SequenceEqual(pair.Second));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(100)));
    }

    [Fact]
    public void A_claimed_length_takes_no_memory_before_its_bytes_are_there_E_71()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var reader = new PacketReader(int.MaxValue);
        var (error, packets) = Read(reader, [Convert.FromHexString("007fffffff00000001"), new byte[10]]);
        Assert.Equal(StackError.None, error);
        Assert.Empty(packets);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Any_bytes_are_packets_or_are_refused_E_70()
    {
        var random = new SeededRandom(70);
        for (var i = 0; i < Cases.Of(3000); i++)
        {
            var bytes = random.Bytes((int)random.Next(400));
            for (var j = 1; j < bytes.Length && i % 3 > 0; j += 37)
                bytes[j] = 0;
            using var reader = new PacketReader(1 << 16);
            var (error, packets) = Read(reader, bytes.Chunk(1 + (int)random.Next(50)));
            Assert.Contains(error, new[] { StackError.None, StackError.PacketTooLarge, StackError.BadPacket });
            foreach (var packet in packets)
            {
                _ = PacketBody.TryRead(packet.Item.Kind, packet.Item.Body.Span, out _, out _);
                packet.Item.Dispose();
            }
        }
    }

    [Fact]
    public void Any_changed_request_is_a_request_or_has_a_reason_E_70()
    {
        var random = new SeededRandom(71);
        var valid = """{"name":["a","b"],"args":[1,"two",{"three":[null,true,1e9]},"\ud83d\ude00"],"type":"source"}"""u8.ToArray();
        for (var i = 0; i < Cases.Of(4000); i++)
        {
            var bytes = (byte[])valid.Clone();
            for (var j = random.Next(4); j > 0; j--)
                bytes[random.Next((uint)bytes.Length)] = (byte)random.Next(256);
            if (!PacketBody.TryReadJson(bytes, out var node))
                continue;
            Assert.Equal(RpcRequest.TryRead(node, out var request, out var message), request is not null);
            Assert.NotNull(message);
        }
    }

    [Theory]
    [InlineData("""{"name":["a"],"args":[],"args":[]}""")]
    [InlineData("""{"name":["a"]} x""")]
    [InlineData("[1,]")]
    [InlineData("")]
    [InlineData("nul")]
    public void What_is_not_one_value_of_JSON_is_refused(string text) =>
        Assert.False(PacketBody.TryReadJson(System.Text.Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void JSON_nested_too_deeply_is_refused_E_71() =>
        Assert.False(PacketBody.TryReadJson(System.Text.Encoding.UTF8.GetBytes(new string('[', 100_000)), out _));

    [Theory]
    [InlineData("null", "invalid request, should be an object")]
    [InlineData("\"text\"", "invalid request, should be an object")]
    [InlineData("{}", "invalid request, name should be a path")]
    [InlineData("""{"name":[],"args":[]}""", "invalid request, name should be a path")]
    [InlineData("""{"name":["__proto__"],"args":[]}""", "invalid request, name should be a path")]
    [InlineData("""{"name":["\ud800"],"args":[]}""", "invalid request, name should be a path")]
    [InlineData("""{"name":["a"]}""", "invalid request, args should be array")]
    [InlineData("""{"name":"a","args":{}}""", "invalid request, args should be array")]
    public void What_is_not_a_request_has_a_reason(string text, string reason)
    {
        Assert.False(RpcRequest.TryRead(JsonNode.Parse(text), out _, out var message));
        Assert.Equal(reason, message);
    }

    [Fact]
    public void An_empty_text_travels_as_JSON_as_an_empty_body_would_be_a_goodbye()
    {
        var writer = new ArrayBufferWriter<byte>();
        Assert.Equal(RpcKind.Json, PacketBody.Write(writer, RpcValue.FromText("")));
        Assert.Equal("\"\""u8, writer.WrittenSpan);
        Assert.Throws<ArgumentException>(() => RpcValue.FromBinary(default));
    }

    private static byte[] Write(Packet packet) => Write(packet.Item.Kind, packet.IsStream, packet.IsEnd, packet.Id, packet.Item.Body.Span);

    private static byte[] Write(RpcKind kind, bool isStream, bool isEnd, int id, ReadOnlySpan<byte> body)
    {
        var bytes = new byte[PacketFormat.HeaderSize + body.Length];
        PacketFormat.WriteHeader(bytes, kind, isStream, isEnd, body.Length, id);
        body.CopyTo(bytes.AsSpan(PacketFormat.HeaderSize));
        return bytes;
    }

    private static (StackError Error, List<Packet> Packets) Read(PacketReader reader, IEnumerable<byte[]> pieces)
    {
        var packets = new List<Packet>();
        foreach (var piece in pieces)
        {
            ReadOnlySpan<byte> plain = piece;
            while (!plain.IsEmpty)
            {
                var error = reader.Read(ref plain, out var packet);
                if (error != StackError.None)
                    return (error, packets);
                if (packet.IsWhole)
                    packets.Add(packet);
            }
        }

        return (StackError.None, packets);
    }
}
