using Secrets.Transport.Boxes;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>What a relay does with every cell allocates nothing (E-71, E-78).</summary>
public sealed class AllocationTests
{
    [Fact]
    public void Reading_verifying_and_deciding_a_cell_allocates_nothing()
    {
        using var capability = Capability(1);
        using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
        var box = keys.Seal(BoxKind.Data, "text"u8);
        var cell = new byte[4_352];
        BoxRequest.WriteWrite(cell, box, allowShortAnswer: true);
        var accepted = 0;

        void Handle()
        {
            if (BoxRequest.TryRead(cell, out var request) == CellError.None && BoxPolicy.Verify(request)
                && BoxPolicy.Decide(request, StoredBox.Of(BoxClass.Small, box.Signature, box.Payload)) == BoxDecision.Renew)
                accepted++;
        }
        Handle();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
            Handle();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(21, accepted);
    }
}
