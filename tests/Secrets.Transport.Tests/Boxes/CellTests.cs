using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

public sealed class CellTests
{
    private readonly SeededRandom _random = new(1);

    [Theory]
    [InlineData(BoxClass.Small, 4_096, 4_056, 4_052, 4_352)]
    [InlineData(BoxClass.Large, 65_536, 65_496, 65_492, 65_792)]
    public void The_sizes_are_those_of_the_tables(BoxClass boxClass, int sealedSize, int plaintext, int body, int cell)
    {
        Assert.Equal((sealedSize, plaintext, body, cell), (boxClass.SealedSize, boxClass.PlaintextSize, boxClass.MaxBodySize, boxClass.CellSize));
    }

    [Theory]
    [InlineData(BoxClass.Small)]
    [InlineData(BoxClass.Large)]
    public void Requests_and_answers_have_one_length_whatever_they_ask_and_whether_it_is_there_E_37_decision_22(BoxClass boxClass)
    {
        var relay = new RelayModel(Relay(1));
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(relay.Id, boxClass);
        var box = keys.Seal(BoxKind.Data, "text"u8);
        var other = keys.Seal(BoxKind.Data, "other"u8);
        var read = Full(boxClass, cell => BoxRequest.WriteRead(cell, box.Address, boxClass, 0, _random));
        var write = Full(boxClass, cell => BoxRequest.WriteWrite(cell, box, allowShortAnswer: false));
        var rewrite = Full(boxClass, cell => BoxRequest.WriteWrite(cell, other, allowShortAnswer: false));
        var delete = Full(boxClass, cell => BoxRequest.WriteDelete(cell, keys.SignTombstone(), boxClass, _random));
        var forged = write.ToArray();
        forged[40] ^= 1;

        // miss, write, again, hit, occupied, refused, delete, again, hit of a mark, write behind it
        byte[][] requests = [read, write, write, read, rewrite, forged, delete, delete, read, write];
        BoxStatus[] expected = [BoxStatus.None, BoxStatus.Ok, BoxStatus.Ok, BoxStatus.Ok, BoxStatus.Occupied, BoxStatus.Refused, BoxStatus.Ok, BoxStatus.Ok, BoxStatus.Deleted, BoxStatus.Deleted];
        for (var i = 0; i < requests.Length; i++)
        {
            var answer = relay.Handle(requests[i]);
            Assert.Equal(boxClass.CellSize, requests[i].Length);
            Assert.Equal(boxClass.CellSize, answer.Length);
            Assert.Equal(CellError.None, BoxAnswer.TryRead(answer, out var parsed));
            Assert.Equal((i, expected[i]), (i, parsed.Status));
            Assert.Equal(box.Address, parsed.Address);
            // random where there is nothing: no cell stands out by zeros
            Assert.InRange(answer.AsSpan(Cell.HeadSize).Count((byte)0), 0, boxClass.SealedSize / 64);
        }
    }

    [Fact]
    public void On_the_direct_route_reads_deletes_and_answers_without_a_body_are_the_head_alone()
    {
        var relay = new RelayModel(Relay(1));
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(relay.Id, BoxClass.Small);
        var box = keys.Seal(BoxKind.Data, "text"u8);

        var miss = relay.Read(box.Address, BoxClass.Small);
        var write = Full(BoxClass.Small, cell => BoxRequest.WriteWrite(cell, box, allowShortAnswer: true));
        var kept = relay.Handle(write);
        var hit = relay.Read(box.Address, BoxClass.Small);
        relay.Delete(keys.SignTombstone(), BoxClass.Small);
        var deleted = relay.Read(box.Address, BoxClass.Small);

        Assert.Equal((256, 256, 4_352, 256), (miss.Length, kept.Length, hit.Length, deleted.Length));
        Assert.Equal(CellError.None, BoxAnswer.TryRead(deleted, out var answer));
        Assert.True(new Tombstone(answer.Address, answer.Signature).Verify());
    }

    [Fact]
    public void Cells_follow_one_another_and_tell_their_lengths()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        var box = keys.Seal(BoxKind.Data, "text"u8);
        var shortRead = new byte[256];
        BoxRequest.WriteRead(shortRead, box.Address, BoxClass.Small, 250, _random);
        byte[] stream =
        [
            .. shortRead,
            .. Full(BoxClass.Small, cell => BoxRequest.WriteWrite(cell, box, true)),
            .. Full(BoxClass.Large, cell => BoxRequest.WriteRead(cell, box.Address, BoxClass.Large, 0, _random)),
        ];

        var lengths = new List<int>();
        for (var rest = stream.AsSpan(); !rest.IsEmpty; rest = rest[lengths[^1]..])
        {
            Assert.Equal(CellError.None, BoxRequest.TryGetLength(rest, out var length));
            Assert.Equal(CellError.None, BoxRequest.TryRead(rest[..length], out _));
            lengths.Add(length);
        }

        Assert.Equal([256, 4_352, 65_792], lengths);
        Assert.Equal(CellError.Incomplete, BoxRequest.TryGetLength(stream.AsSpan(0, 3), out _));
        Assert.Equal(CellError.Incomplete, BoxRequest.TryRead(stream.AsSpan(0, 255), out _));
        Assert.Equal(CellError.WrongSize, BoxRequest.TryRead(stream.AsSpan(0, 257), out _));
    }

    [Fact]
    public void A_request_carries_all_its_fields()
    {
        var address = Address(_random.Bytes(32));
        var cell = new byte[256];
        BoxRequest.WriteRead(cell, address, BoxClass.Large, 250, _random);
        cell[100] = 1; // the token is not looked at

        Assert.Equal(CellError.None, BoxRequest.TryRead(cell, out var request));

        Assert.Equal((BoxOperation.Read, BoxClass.Large, true, 250), (request.Operation, request.Class, request.AllowsShortAnswer, request.WaitSeconds));
        Assert.Equal(address, request.Address);
        Assert.Equal(128, request.Token.Length);
        Assert.Equal(1, request.Token[0]);
        Assert.True(request.Body.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => BoxRequest.WriteRead(cell, address, BoxClass.Small, 251, _random));
        Assert.Throws<ArgumentException>(() => BoxRequest.WriteRead(new byte[255], address, BoxClass.Small, 0, _random));
    }

    [Theory]
    [InlineData(0, 0, CellError.OperationUnknown)]
    [InlineData(0, 4, CellError.OperationUnknown)]
    [InlineData(1, 0, CellError.ClassUnknown)]
    [InlineData(1, 3, CellError.ClassUnknown)]
    [InlineData(2, 4, CellError.FlagsInvalid)]
    [InlineData(2, 0x81, CellError.FlagsInvalid)]
    [InlineData(3, 251, CellError.WaitInvalid)]
    [InlineData(36, 1, CellError.NotZero)]
    [InlineData(99, 1, CellError.NotZero)]
    [InlineData(228, 1, CellError.NotZero)]
    [InlineData(255, 1, CellError.NotZero)]
    public void A_read_with_a_wrong_field_is_refused_for_its_reason(int offset, byte value, CellError expected)
    {
        var cell = new byte[256];
        BoxRequest.WriteRead(cell, Address(_random.Bytes(32)), BoxClass.Small, 0, _random);
        cell[offset] = value;

        Assert.Equal(expected, BoxRequest.TryRead(cell, out _));
    }

    [Fact]
    public void A_write_neither_waits_nor_is_short()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        var cell = Full(BoxClass.Small, cell => BoxRequest.WriteWrite(cell, keys.Seal(BoxKind.Data, "a"u8), true));

        cell[3] = 1;
        Assert.Equal(CellError.WaitInvalid, BoxRequest.TryRead(cell, out _));
        cell[3] = 0;
        cell[2] = 1;
        Assert.Equal(CellError.FlagsInvalid, BoxRequest.TryRead(cell, out _));
        Assert.Throws<ArgumentException>(() => BoxRequest.WriteWrite(new byte[256], keys.Seal(BoxKind.Data, "a"u8), true));
    }

    [Theory]
    [InlineData(0, 5, CellError.StatusUnknown)]
    [InlineData(0, 3, CellError.FlagsInvalid)] // occupied shows the box
    [InlineData(1, 0, CellError.ClassUnknown)]
    [InlineData(2, 2, CellError.FlagsInvalid)]
    [InlineData(3, 1, CellError.NotZero)]
    [InlineData(36, 1, CellError.NotZero)]
    [InlineData(100, 1, CellError.NotZero)]
    [InlineData(255, 1, CellError.NotZero)]
    public void An_answer_with_a_wrong_field_is_refused_for_its_reason(int offset, byte value, CellError expected)
    {
        var cell = new byte[256];
        BoxAnswer.WriteStatus(cell, BoxStatus.None, BoxClass.Small, Address(_random.Bytes(32)), default, _random);
        cell[offset] = value;

        Assert.Equal(expected, BoxAnswer.TryRead(cell, out _));
    }

    private static byte[] Full(BoxClass boxClass, Action<byte[]> write)
    {
        var cell = new byte[boxClass.CellSize];
        write(cell);
        return cell;
    }
}
