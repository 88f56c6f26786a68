using Secrets.Crypto;
using Secrets.Transport.Rooms;
using Secrets.Transport.Tests.Support;

namespace Secrets.Transport.Tests.Rooms;

/// <summary>Entering, and the items after it.</summary>
public sealed class EntryTests
{
    private readonly SeededRandom _random = new(9);

    [Fact]
    public void A_proof_is_good_for_its_challenge_connection_and_content_alone()
    {
        using var joining = Ed25519PrivateKey.Generate(_random);
        using var session = Ed25519PrivateKey.Generate(_random);
        var challenge = RoomChallenge.Generate(RoomChallenge.MinBits, isYoung: false, _random);
        var binding = Hash256.Of("this connection"u8);
        Assert.True(challenge.TryWork(0, 1 << 20, out var work));
        var bytes = RoomEntry.Create(EntryKind.Join, joining, session, 0, 0, work, [], challenge, binding).ToArray();

        Assert.Equal(RoomItemError.None, RoomEntry.TryRead(bytes, out var entry));
        Assert.True(challenge.Accepts(entry!.Work));
        Assert.True(entry.IsProven(challenge, binding));
        Assert.False(entry.IsProven(challenge, Hash256.Of("another connection"u8)));
        Assert.False(entry.IsProven(RoomChallenge.Generate(RoomChallenge.MinBits, isYoung: false, _random), binding));
        for (var at = 2; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            Assert.False(RoomEntry.TryRead(changed, out var read) == RoomItemError.None && read!.IsProven(challenge, binding), $"byte {at}");
        }
    }

    [Fact]
    public void Work_has_as_many_zero_bits_as_were_asked()
    {
        var challenge = RoomChallenge.Generate(14, isYoung: true, _random);
        Assert.True(challenge.TryWork(0, 1 << 22, out var work));

        Assert.True(challenge.Accepts(work));
        Assert.InRange(Enumerable.Range(0, 4_096).Count(i => challenge.Accepts((ulong)i)), 0, 8);
        var bytes = new byte[RoomChallenge.Size];
        challenge.Write(bytes);
        Assert.Equal(RoomItemError.None, RoomChallenge.TryRead(bytes, out var read));
        Assert.Equal(challenge, read);
        bytes[2] = RoomChallenge.MaxBits + 1;
        Assert.Equal(RoomItemError.Malformed, RoomChallenge.TryRead(bytes, out _));
    }

    [Fact]
    public void Answers_items_and_pieces_read_as_they_were_written()
    {
        using var joining = Ed25519PrivateKey.Generate(_random);
        using var key = Ed25519PrivateKey.Generate(_random);
        var session = SessionId.FromKey(key.PublicKey);
        var opening = Statement.Open(joining, key, session, 3);
        var answer = new RoomAnswer { Instance = 5, Number = 7, Oldest = 2, OwnerDeadline = TimeSpan.FromSeconds(9), Statements = [opening], Members = [new RoomMember(session, Presence.Away)] };

        Assert.Equal(RoomItemError.None, RoomAnswer.TryRead(answer.Encode().Span, out var read));
        Assert.Equal(answer.Encode().ToArray(), read!.Encode().ToArray());
        Assert.Equal(RoomItemError.None, RoomAnswer.TryRead(new RoomAnswer { Refusal = RoomRefusal.Locked }.Encode().Span, out var refused));
        Assert.Equal(RoomRefusal.Locked, refused!.Refusal);
        Assert.Equal(RoomItemError.None, RoomItem.TryRead(RoomItem.Frame(3, isPassing: true, session, default, "body"u8).Span, out var frame));
        Assert.Equal("body"u8.ToArray(), frame.Body.ToArray());
        Assert.True(frame.IsPassing && frame.To.IsEverybody && frame.Number == 3);
        Assert.Equal(RoomItemError.None, RoomItem.TryRead(RoomItem.Present(4, session, Presence.Away, RoomsNetwork.Grace).Span, out var presence));
        Assert.Equal((Presence.Away, RoomsNetwork.Grace), (presence.Presence, presence.Left));
        Assert.Equal(RoomItemError.None, RoomItem.TryRead(RoomItem.Ended(RoomEnd.Idle).Span, out var end));
        Assert.Equal(RoomEnd.Idle, end.Reason);
        var piece = new byte[4_112];
        _ = PieceId.TryRead(new byte[16], out var id);
        Assert.Equal(RoomItemError.None, PieceRequest.TryRead(PieceRequest.Put(opening.Address, id, piece).Span, out var put));
        Assert.True(put.IsPut && put.Body.Length == piece.Length);
        Assert.Equal(RoomItemError.TooLong, PieceRequest.TryRead(PieceRequest.Put(opening.Address, id, piece.AsSpan(1)).Span, out _));
    }
}
