using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Protocol.Chains;
using Labels = Secrets.Protocol.Chains.Labels;

namespace Secrets.Protocol.Tests.Chains;

/// <summary>What stands in a chain and who may put it there (decisions 4, 5, 7).</summary>
public sealed class ParticipantChainTests
{
    private readonly Person _alice = new(1);

    [Fact]
    public void Decision_7_a_first_link_has_178_bytes_and_its_hash_is_the_participant()
    {
        var first = _alice.Chain.First;

        Assert.Equal(178, FirstLink.Size);
        Assert.Equal(178, first.Bytes.Length);
        Assert.True(FirstLink.Size <= FirstLink.MaxSize);
        Assert.Equal(ParticipantId.Of(first.Hash), _alice.Chain.Id);
        Assert.Equal(new ChainHead(0, first.Hash), _alice.Chain.Head);
    }

    [Fact]
    public void Decision_7_two_chats_of_one_identity_have_nothing_in_common()
    {
        var other = ParticipantChain.Create(_alice.Device(), _alice.Root.PublicKey, _alice.Beta, _alice.Random);

        Assert.NotEqual(_alice.Chain.Id, other.Id);
        Assert.NotEqual(_alice.Chain.RecoveryKey, other.RecoveryKey);
        Assert.NotEqual(_alice.Root.PublicKey, other.RecoveryKey);
    }

    [Fact]
    public void Decision_4_without_beta_the_recovery_keys_of_two_chats_cannot_be_linked()
    {
        using var guess = RecoverySecret.Generate(_alice.Random);

        Assert.NotEqual(_alice.Chain.RecoveryKey, guess.DeriveRecoveryKey(_alice.Root.PublicKey, _alice.Chain.First.Random));
        Assert.Equal(_alice.Chain.RecoveryKey, _alice.Beta.DeriveRecoveryKey(_alice.Root.PublicKey, _alice.Chain.First.Random));
    }

    [Fact]
    public void A_device_adds_another_and_both_may_sign()
    {
        using var second = _alice.Device();
        using var third = _alice.Device();

        Assert.Equal(ChainChange.Extended, Person.Append(_alice.Chain, Person.Add(_alice.Chain, _alice.First, second)));
        Assert.Equal(ChainChange.Extended, Person.Append(_alice.Chain, Person.Add(_alice.Chain, second, third)));

        Assert.Equal([_alice.First.Signing.PublicKey, second.Signing.PublicKey, third.Signing.PublicKey], _alice.Chain.Devices.Select(d => d.Key));
        Assert.Equal([0u, 1u, 2u], _alice.Chain.Devices.Select(d => d.AddedAt));
        Assert.Equal(second.Agreement.PublicKey, _alice.Chain.Devices[1].Agreement);
    }

    [Fact]
    public void Decision_4_a_copy_finds_back_with_one_link_of_436_bytes()
    {
        using var restored = _alice.Device();
        var link = _alice.Chain.BuildRestore(_alice.Root, _alice.Beta, restored, [_alice.First.Signing.PublicKey], _alice.NextRoot);

        Assert.Equal(436, link.Bytes.Length);
        Assert.Equal(ChainChange.Extended, Person.Append(_alice.Chain, link));
        Assert.Equal(restored.Signing.PublicKey, Assert.Single(_alice.Chain.Devices).Key);
        Assert.False(_alice.Chain.IsCurrentDevice(_alice.First.Signing.PublicKey));
        Assert.Equal(_alice.Beta.DeriveRecoveryKey(_alice.NextRoot.PublicKey, _alice.Chain.First.Random), _alice.Chain.RecoveryKey);
    }

    [Fact]
    public void Decision_4_a_backup_root_works_once()
    {
        using var restored = _alice.Device();
        using var again = _alice.Device();
        _ = Person.Append(_alice.Chain, _alice.Chain.BuildRestore(_alice.Root, _alice.Beta, restored, [_alice.First.Signing.PublicKey], _alice.NextRoot));

        Assert.Throws<CryptographicException>(() => _alice.Chain.BuildRestore(_alice.Root, _alice.Beta, again, [restored.Signing.PublicKey], _alice.OtherRoot));
        _ = Person.Append(_alice.Chain, _alice.Chain.BuildRestore(_alice.NextRoot, _alice.Beta, again, [restored.Signing.PublicKey], _alice.OtherRoot));
        Assert.Equal(again.Signing.PublicKey, Assert.Single(_alice.Chain.Devices).Key);
    }

    [Fact]
    public void Decision_4_a_device_cannot_replace_the_recovery_key()
    {
        using var stolen = _alice.First;
        using var thief = _alice.Device();
        var key = thief.Signing.PublicKey;
        var hash = LinkOperation.AddedHash(_alice.Chain.Id, 1, _alice.Chain.Head.Hash, stolen.Signing.PublicKey, LinkOperationKind.ReplaceRecovery, key.Bytes, []);
        var replace = LinkOperation.ReplaceRecovery(key, LinkSignature.Sign(Labels.SignAdded, hash, thief.Signing));

        Assert.Equal(ChainError.NotEntitled, _alice.Chain.TryAppend(_alice.Chain.BuildForTestsOnly(stolen, replace), out _));
    }

    [Fact]
    public void Sizes_of_links_are_as_the_document_says()
    {
        using var second = _alice.Device();
        var add = Person.Add(_alice.Chain, _alice.First, second);
        _ = Person.Append(_alice.Chain, add);
        var revoke = _alice.Chain.BuildRevoke(_alice.First, second.Signing.PublicKey);
        var recovery = _alice.Chain.BuildRevokeAsRecovery(_alice.Root, _alice.Beta, [second.Signing.PublicKey], _alice.NextRoot);

        Assert.Equal((300, 204, 304), (add.Bytes.Length, revoke.Bytes.Length, recovery.Bytes.Length));
    }

    [Fact]
    public void A_revoked_key_never_comes_back()
    {
        using var second = _alice.Device();
        _ = Person.Append(_alice.Chain, Person.Add(_alice.Chain, _alice.First, second));
        _ = Person.Append(_alice.Chain, _alice.Chain.BuildRevoke(_alice.First, second.Signing.PublicKey));

        Assert.Equal(ChainError.KeyReused, _alice.Chain.TryAppend(Person.Add(_alice.Chain, _alice.First, second), out _));
    }

    [Fact]
    public void An_unknown_operation_stops_the_reader_unless_it_is_marked_ignorable()
    {
        var ignorable = _alice.Chain.BuildForTestsOnly(_alice.First, LinkOperation.UnknownForTestsOnly(0x8123, "later"u8));
        Assert.Equal(ChainChange.Extended, Person.Append(_alice.Chain, Person.Read(ignorable.Bytes)));
        Assert.False(_alice.Chain.IsStopped);

        var critical = _alice.Chain.BuildForTestsOnly(_alice.First, LinkOperation.UnknownForTestsOnly(0x0123, "later"u8));
        Assert.Equal(ChainChange.Extended, Person.Append(_alice.Chain, Person.Read(critical.Bytes)));
        Assert.True(_alice.Chain.IsStopped);

        using var second = _alice.Device();
        Assert.Equal(ChainError.Stopped, _alice.Chain.TryAppend(Person.Add(_alice.Chain, _alice.First, second), out _));
    }

    [Fact]
    public void E_23_a_hidden_last_link_shows_in_the_head_that_others_report()
    {
        using var second = _alice.Device();
        var view = _alice.View();
        _ = Person.Append(_alice.Chain, Person.Add(_alice.Chain, _alice.First, second));

        Assert.Equal(HeadStanding.Ahead, view.NoteHead(_alice.Chain.Head));
        Assert.True(view.IsBehind);
        Assert.Equal(HeadStanding.Behind, _alice.Chain.NoteHead(new ChainHead(0, _alice.Chain.First.Hash)));
        Assert.Equal(HeadStanding.Current, _alice.Chain.NoteHead(_alice.Chain.Head));
        Assert.Equal(HeadStanding.Forked, _alice.Chain.NoteHead(new ChainHead(1, Hash256.Of("another"u8))));
    }

    [Fact]
    public void A_state_read_back_is_the_same_chain_and_remembers_how_far_it_was()
    {
        using var second = _alice.Device();
        using var third = _alice.Device();
        var fork = Person.Add(_alice.Chain, _alice.First, third);
        _ = Person.Append(_alice.Chain, Person.Add(_alice.Chain, _alice.First, second));
        _ = Person.Append(_alice.Chain, fork);
        _ = _alice.Chain.NoteHead(new ChainHead(9, Hash256.Of("far"u8)));
        var state = new byte[_alice.Chain.StateSize];
        _alice.Chain.WriteState(state);

        Assert.Equal(ChainError.None, ParticipantChain.TryReadState(state, out var read));
        Assert.Equal(_alice.Chain.Head, read!.Head);
        Assert.Equal(9u, read.HighWater.Sequence);
        Assert.True(read.IsBehind);
        Assert.Equal(_alice.Chain.VoidLinks.Select(l => l.Hash), read.VoidLinks.Select(l => l.Hash));
    }

    [Fact]
    public void Device_keys_go_through_a_store_and_are_wiped()
    {
        Span<byte> bytes = stackalloc byte[DeviceKeys.Size];
        _alice.First.ExportForVault(bytes);
        var read = DeviceKeys.FromBytes(bytes);

        Assert.Equal(_alice.First.Signing.PublicKey, read.Signing.PublicKey);
        Assert.Equal(_alice.First.Agreement.PublicKey, read.Agreement.PublicKey);
        read.Dispose();
        Assert.Throws<ObjectDisposedException>(() => read.Signing.Sign("x"u8));
        Assert.Throws<ObjectDisposedException>(() => read.ExportForVault(new byte[DeviceKeys.Size]));
        Assert.Throws<ArgumentException>(() => DeviceKeys.FromBytes(new byte[63]));
    }

    [Fact]
    public void A_recovery_secret_goes_through_a_store_and_is_wiped()
    {
        Span<byte> bytes = stackalloc byte[RecoverySecret.Size];
        _alice.Beta.ExportForVault(bytes);
        var read = RecoverySecret.FromBytes(bytes);

        Assert.Equal(_alice.Chain.RecoveryKey, read.DeriveRecoveryKey(_alice.Root.PublicKey, _alice.Chain.First.Random));
        read.Dispose();
        Assert.Throws<ObjectDisposedException>(() => read.DeriveRecoveryKey(_alice.Root.PublicKey, _alice.Chain.First.Random));
        Assert.Throws<ArgumentException>(() => RecoverySecret.FromBytes(new byte[31]));
    }

    [Fact]
    public void A_chain_has_at_most_64_devices()
    {
        for (var i = 1; i < ParticipantChain.MaxDevices; i++)
            _ = Person.Append(_alice.Chain, Person.Add(_alice.Chain, _alice.First, _alice.Device()));

        Assert.Equal(64, _alice.Chain.Devices.Count);
        Assert.Equal(ChainError.TooMany, _alice.Chain.TryAppend(Person.Add(_alice.Chain, _alice.First, _alice.Device()), out _));
    }
}
