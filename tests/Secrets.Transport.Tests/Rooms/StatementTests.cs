using Secrets.Crypto;
using Secrets.Transport.Rooms;
using Secrets.Transport.Tests.Support;

namespace Secrets.Transport.Tests.Rooms;

/// <summary>The owner's statements: only the owner of the moment goes on with them.</summary>
public sealed class StatementTests
{
    private readonly SeededRandom _random = new(7);
    private readonly Ed25519PrivateKey _joining;
    private readonly Ed25519PrivateKey _owner;
    private readonly SessionId _alice;
    private readonly StatementChain _chain;

    public StatementTests()
    {
        (_joining, _owner) = (Ed25519PrivateKey.Generate(_random), Ed25519PrivateKey.Generate(_random));
        _alice = Session();
        Assert.Equal(StatementError.None, StatementChain.TryBegin(Statement.Open(_joining, _owner, _alice, 50), RoomAddress.FromKey(_joining.PublicKey), out var chain));
        _chain = chain!;
    }

    [Fact]
    public void The_owner_locks_removes_hands_over_and_the_new_owner_closes()
    {
        using var next = Ed25519PrivateKey.Generate(_random);
        var (bob, carol) = (Session(), Session());

        Assert.Equal(StatementError.None, _chain.TryAdd(Statement.Next(_chain, StatementKind.Lock, _owner)));
        Assert.True(_chain.IsLocked);
        Assert.Equal(StatementError.None, _chain.TryAdd(Statement.Remove(_chain, bob, _owner)));
        Assert.True(_chain.WasRemoved(bob));
        Assert.Equal(StatementError.None, _chain.TryAdd(Statement.HandOver(_chain, carol, next.PublicKey, _owner)));
        Assert.Equal(carol, _chain.Owner);
        Assert.Equal(StatementError.Rejected, _chain.TryAdd(Statement.Next(_chain, StatementKind.Close, _owner)));
        Assert.Equal(StatementError.None, _chain.TryAdd(Statement.Next(_chain, StatementKind.Close, next)));
        Assert.True(_chain.IsClosed);
    }

    [Fact]
    public void What_is_not_the_next_by_the_owner_is_refused_and_changes_nothing()
    {
        using var stranger = Ed25519PrivateKey.Generate(_random);
        var head = _chain.Head.Hash;
        var lockIt = Statement.Next(_chain, StatementKind.Lock, _owner);

        Assert.Equal(StatementError.Rejected, _chain.TryAdd(Statement.Next(_chain, StatementKind.Lock, stranger)));
        Assert.Equal(StatementError.NoEffect, _chain.TryAdd(Statement.Next(_chain, StatementKind.Unlock, _owner)));
        Assert.Equal(StatementError.NoEffect, _chain.TryAdd(Statement.Remove(_chain, _alice, _owner)));
        Assert.Equal(StatementError.WrongNumber, _chain.TryAdd(_chain.Opening));
        Assert.Equal(head, _chain.Head.Hash);
        Assert.Equal(StatementError.None, _chain.TryAdd(lockIt));
        Assert.Equal(StatementError.WrongNumber, _chain.TryAdd(lockIt));
    }

    [Fact]
    public void An_opening_without_the_code_is_refused()
    {
        using var other = Ed25519PrivateKey.Generate(_random);

        Assert.Equal(StatementError.OtherRoom, StatementChain.TryBegin(Statement.Open(other, _owner, _alice, 50), _chain.Address, out _));
        var bytes = Statement.Open(_joining, _owner, _alice, 50).Bytes.ToArray();
        bytes[^100] ^= 1;
        Assert.Equal(StatementError.None, Statement.TryRead(bytes, out var forged));
        Assert.Equal(StatementError.Rejected, StatementChain.TryBegin(forged!, _chain.Address, out _));
    }

    [Fact]
    public void A_statement_reads_as_it_was_written_and_in_no_other_way()
    {
        var bytes = Statement.HandOver(_chain, Session(), _owner.PublicKey, _owner).Bytes.ToArray();

        Assert.Equal(StatementError.None, Statement.TryRead(bytes, out var read));
        Assert.Equal(bytes, read!.Bytes.ToArray());
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(StatementError.Truncated, Statement.TryRead(bytes.AsSpan(0, length), out _));
        Assert.Equal(StatementError.TooLong, Statement.TryRead([.. bytes, 0], out _));
    }

    [Fact]
    public void A_chain_that_is_full_still_takes_its_closing()
    {
        for (var i = 1; i < StatementChain.MaxCount; i++)
            Assert.Equal(StatementError.None, _chain.TryAdd(Statement.Next(_chain, _chain.IsLocked ? StatementKind.Unlock : StatementKind.Lock, _owner)));

        Assert.Equal(StatementError.TooMany, _chain.TryAdd(Statement.Next(_chain, _chain.IsLocked ? StatementKind.Unlock : StatementKind.Lock, _owner)));
        Assert.Equal(StatementError.None, _chain.TryAdd(Statement.Next(_chain, StatementKind.Close, _owner)));
    }

    private SessionId Session()
    {
        using var key = Ed25519PrivateKey.Generate(_random);
        return SessionId.FromKey(key.PublicKey);
    }
}
