using Secrets.Crypto;
using Secrets.Protocol.Chains;
using Labels = Secrets.Protocol.Chains.Labels;

namespace Secrets.Protocol.Tests.Chains;

/// <summary>What an id covers, and that no signature serves for anything but what it was made for.</summary>
public sealed class SeparationTests
{
    private readonly Person _alice = new(6);

    [Fact]
    public void E_12_the_participant_id_covers_every_key_and_the_random_value()
    {
        var bytes = _alice.Chain.First.Bytes.ToArray();
        var ids = new HashSet<Hash256>();
        for (var i = 0; i < 114; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            _ = ids.Add(LabelledHash.Start(Labels.FirstLink).Add(changed.AsSpan(0, 114)).Finish());
        }

        Assert.Equal(114, ids.Count);
        Assert.DoesNotContain(_alice.Chain.First.Hash, ids);
    }

    [Fact]
    public void E_12_a_key_has_one_use_only_in_a_chain()
    {
        using var second = _alice.Device();
        _ = Person.Append(_alice.Chain, Person.Add(_alice.Chain, _alice.First, second));
        using var mixed = _alice.Device();
        var position = LinkOperation.AddedHash(_alice.Chain.Id, 2, _alice.Chain.Head.Hash, _alice.First.Signing.PublicKey, LinkOperationKind.AddDevice,
            mixed.Signing.PublicKey.Bytes, second.Agreement.PublicKey.Bytes);
        var added = new AddedDevice(mixed.Signing.PublicKey, second.Agreement.PublicKey, LinkSignature.Sign(Labels.SignAdded, position, mixed.Signing));

        Assert.Equal(ChainError.KeyReused, _alice.Chain.TryAppend(_alice.Chain.BuildAddDevice(_alice.First, added), out _));
    }

    [Fact]
    public void E_61_a_link_passed_on_by_anybody_counts_by_its_signature_alone()
    {
        using var second = _alice.Device();
        var link = Person.Add(_alice.Chain, _alice.First, second);
        var passedOn = Person.Read(link.Bytes);

        Assert.Equal(ChainChange.Extended, Person.Append(_alice.View(), passedOn));
        Assert.Equal(ChainChange.None, Person.Append(_alice.View(link), passedOn));
    }

    [Fact]
    public void E_62_a_signature_back_serves_for_one_position_and_one_signer()
    {
        using var second = _alice.Device();
        using var third = _alice.Device();
        var early = _alice.Chain.AcceptAdding(third, _alice.First.Signing.PublicKey);
        _ = Person.Append(_alice.Chain, Person.Add(_alice.Chain, _alice.First, second));
        var forFirst = _alice.Chain.AcceptAdding(third, _alice.First.Signing.PublicKey);

        Assert.Equal(ChainError.InvalidBackSignature, _alice.Chain.TryAppend(_alice.Chain.BuildAddDevice(_alice.First, early), out _));
        Assert.Equal(ChainError.InvalidBackSignature, _alice.Chain.TryAppend(_alice.Chain.BuildAddDevice(second, forFirst), out _));
        Assert.Equal(ChainError.None, _alice.Chain.TryAppend(_alice.Chain.BuildAddDevice(_alice.First, forFirst), out _));
    }

    [Fact]
    public void E_62_a_signature_under_another_label_is_none()
    {
        using var second = _alice.Device();
        var added = LinkOperation.AddDevice(_alice.Chain.AcceptAdding(second, _alice.First.Signing.PublicKey));
        var link = Link.Create(_alice.Chain.Id, _alice.Chain.Head, [added], _alice.First.Signing.PublicKey,
            h => LinkSignature.Sign(Labels.SignAdded, h, _alice.First.Signing));

        Assert.Equal(ChainError.InvalidSignature, _alice.Chain.TryAppend(link, out _));
    }
}
