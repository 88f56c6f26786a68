using Secrets.Protocol.Chains;

namespace Secrets.Protocol.Tests.Chains;

/// <summary>E-70: whatever comes in, an answer of the enum comes out, and what is accepted is written back the same.</summary>
public sealed class ChainFuzzTests
{
    private readonly Person _alice = new(5);

    [Fact]
    public void E_70_first_links() => Mutation.Run([_alice.Chain.First.Bytes.ToArray()], 2_000, bytes =>
    {
        if (FirstLink.TryRead(bytes, out var link) == ChainError.None)
            Assert.True(link!.Bytes.SequenceEqual(bytes));
    });

    [Fact]
    public void E_70_links_and_what_a_chain_makes_of_them()
    {
        var link = Person.Add(_alice.Chain, _alice.First, _alice.Device());
        var restore = _alice.Chain.BuildRestore(_alice.Root, _alice.Beta, _alice.Device(), [_alice.First.Signing.PublicKey], _alice.NextRoot);

        Mutation.Run([link.Bytes.ToArray(), restore.Bytes.ToArray()], 3_000, bytes =>
        {
            if (Link.TryRead(bytes, out var read) != ChainError.None)
                return;
            Assert.True(read!.Bytes.SequenceEqual(bytes));
            var isGenuine = bytes.AsSpan().SequenceEqual(link.Bytes) || bytes.AsSpan().SequenceEqual(restore.Bytes);
            Assert.Equal(isGenuine, _alice.View().TryAppend(read, out _) == ChainError.None);
        });
    }

    [Fact]
    public void E_70_states()
    {
        _ = Person.Append(_alice.Chain, Person.Add(_alice.Chain, _alice.First, _alice.Device()));
        var state = new byte[_alice.Chain.StateSize];
        _alice.Chain.WriteState(state);

        Mutation.Run([state], 2_000, bytes => Assert.True(Enum.IsDefined(ParticipantChain.TryReadState(bytes, out _))));
    }
}
