using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>A relay's decisions (decisions 13, 14, 22).</summary>
public sealed class PolicyTests
{
    private static readonly byte[] Payload = new SeededRandom(1).Bytes(4_096);
    private static readonly byte[] Other = new SeededRandom(2).Bytes(4_096);

    [Fact]
    public void A_write_is_stored_once_renewed_when_identical_and_else_occupied()
    {
        Assert.Equal(BoxDecision.Store, BoxPolicy.DecideWrite(BoxClass.Small, Payload, default));
        Assert.Equal(BoxDecision.Renew, BoxPolicy.DecideWrite(BoxClass.Small, Payload, Box(Payload)));
        Assert.Equal(BoxDecision.AnswerOccupied, BoxPolicy.DecideWrite(BoxClass.Small, Other, Box(Payload)));
    }

    [Fact]
    public void Behind_a_delete_nothing_is_written_not_even_the_same_again()
    {
        Assert.Equal(BoxDecision.AnswerDeleted, BoxPolicy.DecideWrite(BoxClass.Small, Payload, Mark()));
        Assert.Equal(BoxStatus.Deleted, BoxPolicy.DecideRead(BoxClass.Small, Mark()));
    }

    [Fact]
    public void A_delete_is_kept_for_an_address_never_seen_replaces_a_box_and_is_renewed()
    {
        Assert.Equal(BoxDecision.Store, BoxPolicy.DecideDelete(BoxClass.Small, default));
        Assert.Equal(BoxDecision.Store, BoxPolicy.DecideDelete(BoxClass.Small, Box(Payload)));
        Assert.Equal(BoxDecision.Renew, BoxPolicy.DecideDelete(BoxClass.Small, Mark()));
        Assert.Equal(BoxDecision.Renew, BoxPolicy.DecideDelete(BoxClass.Large, Mark()));
    }

    [Fact]
    public void The_other_class_sees_nothing_and_gets_nothing_in()
    {
        Assert.Equal(BoxDecision.Refuse, BoxPolicy.DecideWrite(BoxClass.Large, new byte[65_536], Box(Payload)));
        Assert.Equal(BoxDecision.Refuse, BoxPolicy.DecideDelete(BoxClass.Large, Box(Payload)));
        Assert.Equal(BoxStatus.None, BoxPolicy.DecideRead(BoxClass.Large, Box(Payload)));
        Assert.Equal(BoxStatus.Ok, BoxPolicy.DecideRead(BoxClass.Small, Box(Payload)));
        Assert.Equal(BoxStatus.None, BoxPolicy.DecideRead(BoxClass.Small, default));
    }

    // the store is not asked before: known and unknown addresses cost the same; identical writes are compared in constant time
    [Fact]
    public void Only_a_signature_under_its_own_address_over_its_own_payload_counts_E_33_E_34_E_72()
    {
        using var capability = Capability(1);
        using var atX = capability.DeriveKeys(Relay(1), BoxClass.Small);
        using var atY = capability.DeriveKeys(Relay(2), BoxClass.Small);
        var x = atX.Seal(BoxKind.Data, "text"u8);
        var y = atY.Seal(BoxKind.Data, "text"u8);

        Assert.True(Verify(x));
        Assert.True(Verify(y));
        Assert.Equal(BoxError.None, SealedBox.TryCreate(x.Address, y.Signature, x.Payload, out var mixed));
        Assert.False(Verify(mixed!));
        Assert.Equal(BoxError.None, SealedBox.TryCreate(y.Address, x.Signature, x.Payload, out mixed));
        Assert.False(Verify(mixed!));
        Assert.Equal(BoxError.None, SealedBox.TryCreate(x.Address, default, x.Payload, out mixed));
        Assert.False(Verify(mixed!));
    }

    private static bool Verify(SealedBox box)
    {
        var cell = new byte[box.Class.CellSize];
        BoxRequest.WriteWrite(cell, box, allowShortAnswer: true);
        Assert.Equal(CellError.None, BoxRequest.TryRead(cell, out var request));
        return BoxPolicy.Verify(request);
    }

    private static StoredBox Box(byte[] payload) => StoredBox.Of(BoxClass.Small, default, payload);

    private static StoredBox Mark() => StoredBox.Of(BoxClass.Small, default, default);
}
