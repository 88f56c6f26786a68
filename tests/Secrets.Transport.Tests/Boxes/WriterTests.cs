using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

public sealed class WriterTests
{
    [Fact]
    public void Each_write_takes_the_next_index_for_every_relay()
    {
        using var writer = BoxWriter.Create(Capability(1), BoxClass.Small);
        var first = writer.NextIndex;

        Assert.True(writer.TryWrite(BoxKind.Data, "a"u8, [Relay(1), Relay(2)], out var a));
        Assert.True(writer.TryWrite(BoxKind.Data, "b"u8, [Relay(1)], out var b));

        Assert.Equal((first, first + 1, first + 2), (a!.Index, b!.Index, writer.NextIndex));
        Assert.Equal(2UL, writer.Count);
        Assert.Equal([Relay(1), Relay(2)], a.Copies.Select(copy => copy.Relay));
        Assert.All(a.Copies.Concat(b.Copies), copy =>
        {
            Assert.True(copy.Box.Verify());
            Assert.True(copy.Tombstone.Verify());
            Assert.Equal(copy.Box.Address, copy.Tombstone.Address);
        });
        Assert.Equal(3, a.Copies.Concat(b.Copies).Select(copy => copy.Box.Address).Distinct().Count());
    }

    [Fact]
    public void A_channel_keeps_its_class()
    {
        using var writer = BoxWriter.Create(Capability(1), BoxClass.Large);
        using var again = Import(Export(writer));

        Assert.Equal(BoxClass.Large, again.Class);
        Assert.True(again.TryWrite(BoxKind.Data, new byte[65_492], [Relay(1)], out var written));
        Assert.Equal(BoxClass.Large, written!.Copies[0].Box.Class);
    }

    [Fact]
    public void A_refused_write_does_not_move_the_index()
    {
        using var writer = BoxWriter.Create(Capability(1), BoxClass.Small);
        var before = Export(writer);

        Assert.Throws<ArgumentException>(() => writer.TryWrite(BoxKind.Data, new byte[4_053], [Relay(1)], out _));
        Assert.Throws<ArgumentException>(() => writer.TryWrite(BoxKind.Data, [], [], out _));
        Assert.Throws<ArgumentException>(() => writer.TryWrite(BoxKind.Data, [], [Relay(1), Relay(1)], out _));
        Assert.Throws<ArgumentException>(() => writer.TryWrite(BoxKind.Data, [], Enumerable.Range(1, 9).Select(Relay).ToArray(), out _));

        Assert.Equal(before, Export(writer));
    }

    [Fact]
    public void A_restored_writer_seals_the_same_plaintext_to_the_same_bytes_decision_16()
    {
        using var writer = BoxWriter.Create(Capability(1), BoxClass.Small);
        var stored = Export(writer);
        Assert.True(writer.TryWrite(BoxKind.Data, "text"u8, [Relay(1)], out var first));
        using var restored = Import(stored);

        Assert.True(restored.TryWrite(BoxKind.Data, "text"u8, [Relay(1)], out var second));

        Assert.Equal(first!.Index, second!.Index);
        Assert.Equal(first.Copies[0].Box.Payload, second.Copies[0].Box.Payload);
        Assert.Equal(first.Copies[0].Box.Signature, second.Copies[0].Box.Signature);
    }

    [Fact]
    public void What_is_stored_after_a_write_can_not_open_it_E_35()
    {
        using var writer = BoxWriter.Create(Capability(1), BoxClass.Small);
        var before = Export(writer);
        Assert.True(writer.TryWrite(BoxKind.Data, "text"u8, [Relay(1)], out var written));
        var after = Export(writer);

        foreach (var offset in (int[])[50, 82, 114]) // K, E, H of the written index
            Assert.True(after.AsSpan().IndexOf(before.AsSpan(offset, 32)) < 0);
        using var thief = BoxReader.Create(Import(after).GrantRead(), BoxClass.Small, [Relay(1)]);
        Assert.Equal(BoxError.NotExpected, thief.TryOpen(Relay(1), written!.Copies[0].Box, out _));
    }

    [Fact]
    public void Damaged_states_are_refused()
    {
        using var writer = BoxWriter.Create(Capability(1), BoxClass.Small);
        var state = Export(writer);

        Assert.Equal(BoxError.WrongSize, BoxWriter.TryRead(state.AsSpan(1), out _));
        Assert.Equal(BoxError.StateInvalid, BoxWriter.TryRead((byte[])[2, .. state.AsSpan(1)], out _));
        Assert.Equal(BoxError.StateInvalid, BoxWriter.TryRead((byte[])[1, 3, .. state.AsSpan(2)], out _));
        state.AsSpan(2, 8).Fill(0xff); // a first index above the next one
        Assert.Equal(BoxError.StateInvalid, BoxWriter.TryRead(state, out _));
    }

    [Fact]
    public void Two_devices_with_one_capability_are_found_by_the_first_who_meets_the_others_box_decision_14_E_34_E_20_E_11()
    {
        var relay = new RelayModel(Relay(1));
        using var original = BoxWriter.Create(Capability(1), BoxClass.Small);
        using var clone = Import(Export(original));
        Assert.True(original.TryWrite(BoxKind.Data, "mine"u8, [relay.Id], out var mine));
        Assert.True(clone.TryWrite(BoxKind.Data, "other"u8, [relay.Id], out var other));

        Assert.Equal(WriteOutcome.Kept, relay.Write(mine!.Copies[0].Box, out _));
        Assert.Equal(WriteOutcome.Kept, relay.Write(mine.Copies[0].Box, out _));
        Assert.Equal(WriteOutcome.CloneEvidence, relay.Write(other!.Copies[0].Box, out var evidence));

        Assert.Equal(mine.Copies[0].Box.Payload, evidence!.Payload);
        Assert.True(evidence.Verify());
    }

    [Fact]
    public void A_relay_that_cries_occupied_without_proof_is_broken_and_nothing_more_decision_14()
    {
        using var writer = BoxWriter.Create(Capability(1), BoxClass.Small);
        Assert.True(writer.TryWrite(BoxKind.Data, "mine"u8, [Relay(1)], out var written));
        var box = written!.Copies[0].Box;
        var foreign = SealedByAnother();
        var cell = new byte[BoxClass.Small.CellSize];

        BoxAnswer.WriteBox(cell, BoxStatus.Occupied, BoxClass.Small, box.Address, foreign.Signature, foreign.Payload);
        Assert.Equal(WriteOutcome.RelayBroken, Judge(box, cell));
        BoxAnswer.WriteBox(cell, BoxStatus.Occupied, BoxClass.Small, foreign.Address, foreign.Signature, foreign.Payload);
        Assert.Equal(WriteOutcome.RelayBroken, Judge(box, cell));
        BoxAnswer.WriteStatus(cell, BoxStatus.Deleted, BoxClass.Small, box.Address, foreign.Signature, new SeededRandom(1));
        Assert.Equal(WriteOutcome.RelayBroken, Judge(box, cell));
        BoxAnswer.WriteStatus(cell, BoxStatus.None, BoxClass.Small, box.Address, default, new SeededRandom(1));
        Assert.Equal(WriteOutcome.RelayBroken, Judge(box, cell));
        BoxAnswer.WriteBox(cell, BoxStatus.Occupied, BoxClass.Small, box.Address, box.Signature, box.Payload);
        Assert.Equal(WriteOutcome.Kept, Judge(box, cell));
        BoxAnswer.WriteStatus(cell, BoxStatus.Refused, BoxClass.Small, box.Address, default, new SeededRandom(1));
        Assert.Equal(WriteOutcome.Later, Judge(box, cell));
        BoxAnswer.WriteStatus(cell, BoxStatus.Deleted, BoxClass.Small, box.Address, written.Copies[0].Tombstone.Signature, new SeededRandom(1));
        Assert.Equal(WriteOutcome.Deleted, Judge(box, cell));
    }

    private static WriteOutcome Judge(SealedBox sent, byte[] cell)
    {
        Assert.Equal(CellError.None, BoxAnswer.TryRead(cell, out var answer));
        return WriteReceipt.Judge(sent, answer, out _);
    }

    private static SealedBox SealedByAnother()
    {
        using var capability = Capability(9);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        return keys.Seal(BoxKind.Data, "foreign"u8);
    }
}
