using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

public sealed class ReaderTests : IDisposable
{
    private static readonly RelayId X = Relay(1);
    private static readonly RelayId Y = Relay(2);

    private readonly BoxWriter _writer;
    private readonly BoxReader _reader;

    public ReaderTests()
    {
        _writer = BoxWriter.Create(Capability(1), BoxClass.Small);
        _reader = BoxReader.Create(_writer.GrantRead(), BoxClass.Small, [X, Y]);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }

    [Fact]
    public void Sixteen_indices_ahead_are_expected_at_every_relay_decision_9_decision_15()
    {
        var expected = _reader.Expected;

        Assert.Equal(32, expected.Count);
        Assert.Equal(32, expected.Select(box => box.Address).Distinct().Count());
        Assert.Equal(_writer.NextIndex, expected[0].Index);
        Assert.Equal(_writer.NextIndex + 15, expected[^1].Index);
        Assert.DoesNotContain(expected, box => box.IsHole);
        var written = Write("a");
        foreach (var copy in written.Copies)
            Assert.Contains(expected, box => box.Address == copy.Box.Address && box.Relay == copy.Relay && box.Index == written.Index);
    }

    [Fact]
    public void Looking_changes_nothing_and_committing_moves_on()
    {
        var written = Write("a");
        var before = Export(_reader);

        Assert.Equal(BoxError.None, _reader.TryOpen(X, written.Copies[0].Box, out var received));
        Assert.Equal(BoxError.None, _reader.TryOpen(X, written.Copies[0].Box, out _));
        Assert.Equal(before, Export(_reader));
        Assert.Equal("a"u8, received!.Body);

        _reader.Commit(received, Noon);

        Assert.Equal(written.Index + 1, _reader.NextIndex);
        Assert.Equal(32, _reader.Expected.Count);
    }

    [Fact]
    public void Duplicates_are_not_delivered_twice_E_22()
    {
        var written = Write("a");
        Take(X, written.Copies[0].Box);

        Assert.Equal(BoxError.NotExpected, _reader.TryOpen(X, written.Copies[0].Box, out _));
        Assert.Equal(BoxError.NotExpected, _reader.TryOpen(Y, written.Copies[1].Box, out _));
        using var again = ImportReader(Export(_reader));
        Assert.Equal(BoxError.NotExpected, again.TryOpen(Y, written.Copies[1].Box, out _));
    }

    [Fact]
    public void One_opened_twice_is_committed_once()
    {
        var written = Write("a");
        Assert.Equal(BoxError.None, _reader.TryOpen(X, written.Copies[0].Box, out var first));
        Assert.Equal(BoxError.None, _reader.TryOpen(Y, written.Copies[1].Box, out var second));
        _reader.Commit(first!, Noon);

        Assert.Throws<InvalidOperationException>(() => _reader.Commit(second!, Noon));
    }

    [Fact]
    public void A_hole_is_filled_later_decision_15_E_22()
    {
        var a = Write("a");
        var b = Write("b");
        var c = Write("c");

        Take(X, c.Copies[0].Box);
        Assert.Equal([a.Index, b.Index], _reader.Holes.Select(hole => hole.Index));
        Assert.Equal(4, _reader.Expected.Count(box => box.IsHole));
        Take(Y, a.Copies[1].Box);
        using var restored = ImportReader(Export(_reader));
        Assert.Equal(BoxError.None, restored.TryOpen(X, b.Copies[0].Box, out var received));
        restored.Commit(received!, Noon);

        Assert.Empty(restored.Holes);
        Assert.Equal(c.Index + 1, restored.NextIndex);
    }

    [Fact]
    public void The_window_ends_after_16_indices()
    {
        for (var i = 0; i < 15; i++)
            Write("lost");
        var sixteenth = Write("16");
        var seventeenth = Write("17");

        Assert.Equal(BoxError.NotExpected, _reader.TryOpen(X, seventeenth.Copies[0].Box, out _));
        Take(X, sixteenth.Copies[0].Box);
        Take(X, seventeenth.Copies[0].Box);
        Assert.Equal(15, _reader.Holes.Count);
    }

    [Fact]
    public void A_deleted_box_is_stepped_over_decision_13_E_32()
    {
        var a = Write("a");
        var b = Write("b");

        Assert.Equal(BoxError.SignatureInvalid, _reader.TryOpen(X, new Tombstone(a.Copies[0].Box.Address, b.Copies[0].Tombstone.Signature), out _));
        Assert.Equal(BoxError.NotExpected, _reader.TryOpen(Y, a.Copies[0].Tombstone, out _));
        Assert.Equal(BoxError.None, _reader.TryOpen(X, a.Copies[0].Tombstone, out var deleted));
        Assert.True(deleted!.IsDeleted);
        Assert.Throws<InvalidOperationException>(() => deleted.Body.Length);
        _reader.Commit(deleted, Noon);

        Assert.Equal(b.Index, _reader.NextIndex);
        Take(X, b.Copies[0].Box);
    }

    [Fact]
    public void Two_contents_at_one_index_are_seen_also_after_the_keys_are_gone_decision_14_E_39_E_63()
    {
        using var clone = Import(Export(_writer));
        var mine = Write("mine");
        Assert.True(clone.TryWrite(BoxKind.Data, "other"u8, [X, Y], out var other));
        Take(X, mine.Copies[0].Box);
        using var restored = ImportReader(Export(_reader));
        var before = Export(restored);

        Assert.Equal(BoxError.SecondContent, restored.TryOpen(Y, other!.Copies[1].Box, out var received));
        Assert.Equal(BoxError.SecondContent, restored.TryOpen(X, other.Copies[0].Box, out _));
        Assert.Equal(BoxError.NotExpected, restored.TryOpen(Y, mine.Copies[1].Box, out _));
        Assert.Null(received);
        Assert.Equal(before, Export(restored));
        // a relay alone can't make such evidence
        Assert.Equal(BoxError.SignatureInvalid, restored.TryOpen(Y, Tamper(other.Copies[1].Box, payloadBit: 9), out _));
        Assert.Equal(BoxError.SignatureInvalid, restored.TryOpen(Y, Tamper(mine.Copies[1].Box, payloadBit: 9), out _));
    }

    [Fact]
    public void What_a_lying_relay_gives_is_refused_and_the_other_relays_copy_is_read_E_39()
    {
        var a = Write("a");
        var b = Write("b");
        var before = Export(_reader);

        // swapped, another address, another relay's, truncated, damaged
        Assert.Equal(BoxError.None, SealedBox.TryCreate(a.Copies[0].Box.Address, b.Copies[0].Box.Signature, b.Copies[0].Box.Payload, out var swapped));
        Assert.Equal(BoxError.SignatureInvalid, _reader.TryOpen(X, swapped!, out _));
        Assert.Equal(BoxError.NotExpected, _reader.TryOpen(X, a.Copies[1].Box, out _));
        Assert.Equal(BoxError.SignatureInvalid, _reader.TryOpen(X, Tamper(a.Copies[0].Box, payloadBit: 1), out _));
        Assert.Equal(BoxError.SignatureInvalid, _reader.TryOpen(X, Tamper(a.Copies[0].Box, signatureBit: 1), out _));
        using var largeWriter = BoxWriter.Create(Capability(1), BoxClass.Large);
        Assert.True(largeWriter.TryWrite(BoxKind.Data, "a"u8, [X], out var large));
        Assert.Equal(BoxError.WrongSize, _reader.TryOpen(X, large!.Copies[0].Box, out _));
        Assert.Equal(before, Export(_reader));

        Take(Y, a.Copies[1].Box);
        Take(Y, b.Copies[1].Box);
    }

    [Fact]
    public void Answers_of_relays_are_read_by_their_status()
    {
        var relay = new RelayModel(X);
        var a = Write("a");
        Assert.Equal(BoxError.NothingThere, Open(relay.Read(a.Copies[0].Box.Address, BoxClass.Small), out _));
        _ = relay.Write(a.Copies[0].Box, out _);
        Assert.Equal(BoxError.None, Open(relay.Read(a.Copies[0].Box.Address, BoxClass.Small), out var received));
        Assert.Equal("a"u8, received!.Body);
        relay.Delete(a.Copies[0].Tombstone, BoxClass.Small);
        Assert.Equal(BoxError.None, Open(relay.Read(a.Copies[0].Box.Address, BoxClass.Small), out received));
        Assert.True(received!.IsDeleted);
        var shortOk = new byte[Cell.HeadSize];
        BoxAnswer.WriteStatus(shortOk, BoxStatus.Ok, BoxClass.Small, a.Copies[0].Box.Address, default, new SeededRandom(1));
        Assert.Equal(BoxError.WrongSize, Open(shortOk, out _));
    }

    [Fact]
    public void What_its_author_has_no_more_or_wrote_wrong_is_given_up()
    {
        var a = Write("a");
        var b = Write("b");
        Take(X, b.Copies[0].Box);

        _reader.Abandon(a.Index, Noon);
        _reader.Abandon(a.Index, Noon);
        _reader.Abandon(b.Index, Noon);
        _reader.Abandon(b.Index + 3, Noon);

        Assert.Equal([b.Index + 1, b.Index + 2], _reader.Holes.Select(hole => hole.Index));
        Assert.Equal(b.Index + 4, _reader.NextIndex);
    }

    [Fact]
    public void Keys_of_taken_boxes_and_chain_keys_of_holes_are_gone_from_the_stored_state_E_35_E_28()
    {
        var states = new List<byte[]>();
        using (var capability = _writer.GrantRead())
        {
            for (var i = 0; i < 3; i++)
            {
                states.Add(Export(capability));
                Assert.True(capability.TryAdvance());
            }
        }
        Write("hole");
        var taken = Write("taken");
        Take(X, taken.Copies[0].Box);

        var state = Export(_reader);

        bool Has(int index, int part) => state.AsSpan().IndexOf(states[index].AsSpan(40 + 32 * part, 32)) >= 0; // K, E, H
        Assert.Equal((true, true, false), (Has(0, 0), Has(0, 1), Has(0, 2)));
        Assert.Equal((false, false, false), (Has(1, 0), Has(1, 1), Has(1, 2)));
        Assert.Equal((true, true, true), (Has(2, 0), Has(2, 1), Has(2, 2)));
    }

    [Fact]
    public void Holes_end_with_the_time_limit_and_above_2000_the_lowest_go_decision_15_E_21_E_40()
    {
        var first = _reader.NextIndex;
        for (var i = 0; i < 150; i++)
            _reader.Abandon(_reader.NextIndex + 15, Noon.AddHours(i));
        Assert.Equal(2_000, _reader.Holes.Count);
        Assert.Equal(first + 16 * 150, _reader.NextIndex);
        Assert.Equal(first + 16 * 150 - 2, _reader.Holes[^1].Index);

        using var restored = ImportReader(Export(_reader));
        var dropped = restored.DropHoles(Noon.AddHours(149));

        Assert.Equal(1_985, dropped);
        Assert.Equal(15, restored.Holes.Count);
    }

    [Fact]
    public void Relays_come_and_go_decision_17()
    {
        var z = Relay(3);
        Assert.True(_writer.TryWrite(BoxKind.Data, "a"u8, [z], out var written));
        Assert.Equal(BoxError.NotExpected, _reader.TryOpen(z, written!.Copies[0].Box, out _));

        _reader.AddRelay(z);
        _reader.AddRelay(z);
        _reader.RemoveRelay(X);
        _reader.RemoveRelay(X);

        Assert.Equal([Y, z], _reader.Relays);
        Assert.Equal(32, _reader.Expected.Count);
        Assert.DoesNotContain(_reader.Expected, box => box.Relay == X);
        Take(z, written.Copies[0].Box);
        Assert.Throws<ArgumentException>(() => _reader.AddRelay(default));
        for (var i = 4; i < 10; i++)
            _reader.AddRelay(Relay(i));
        Assert.Throws<InvalidOperationException>(() => _reader.AddRelay(Relay(10)));
    }

    [Fact]
    public void Witnesses_are_bounded_E_71()
    {
        var size = 0;
        for (var i = 0; i < 60; i++)
        {
            Take(X, Write("x").Copies[0].Box);
            size = _reader.StateSize;
        }

        Assert.Equal(144 + 2 * 32 + 64 * 72, size);
    }

    [Fact]
    public void Damaged_states_are_refused()
    {
        var a = Write("a");
        Write("b");
        Take(X, Write("c").Copies[0].Box);
        var state = Export(_reader);

        for (var length = 0; length < state.Length; length += 7)
            Assert.NotEqual(BoxError.None, BoxReader.TryRead(state.AsSpan(0, length), out _));
        Assert.Equal(BoxError.WrongSize, BoxReader.TryRead((byte[])[.. state, 0], out _));
        Assert.Equal(BoxError.StateInvalid, BoxReader.TryRead((byte[])[2, .. state.AsSpan(1)], out _));
        Assert.Equal(BoxError.StateInvalid, BoxReader.TryRead((byte[])[1, 0, .. state.AsSpan(2)], out _));
        Assert.Equal(BoxError.StateInvalid, BoxReader.TryRead((byte[])[1, 1, 2, .. state.AsSpan(3)], out _));
        Assert.Equal(BoxError.StateInvalid, BoxReader.TryRead((byte[])[1, 1, 1, .. new byte[32], .. state.AsSpan(35)], out _));
        Assert.NotNull(a);
    }

    private WrittenBox Write(string text)
    {
        Assert.True(_writer.TryWrite(BoxKind.Data, System.Text.Encoding.UTF8.GetBytes(text), [X, Y], out var written));
        return written!;
    }

    private void Take(in RelayId relay, SealedBox box)
    {
        Assert.Equal(BoxError.None, _reader.TryOpen(relay, box, out var received));
        _reader.Commit(received!, Noon);
        received!.Dispose();
    }

    private BoxError Open(byte[] cell, out ReceivedBox? received)
    {
        Assert.Equal(CellError.None, BoxAnswer.TryRead(cell, out var answer));
        return _reader.TryOpen(X, answer, out received);
    }
}
