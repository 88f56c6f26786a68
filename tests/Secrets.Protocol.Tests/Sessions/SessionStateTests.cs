using Secrets.Crypto;
using Secrets.Protocol.Sessions;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>What is stored of a session, and read for ever (E-24; the golden states are in the vectors).</summary>
public sealed class SessionStateTests
{
    [Fact]
    public void A_state_of_every_stage_reads_back_to_the_same_bytes()
    {
        foreach (var session in Stages())
        {
            var state = SessionPair.Export(session);
            Assert.Equal(SessionStateError.None, Session.TryImport(state, out var read));
            Assert.Equal(state, SessionPair.Export(read!));
            Assert.Equal(session.CanEncrypt, read!.CanEncrypt);
            Assert.Equal(session.Transcript, read.Transcript);
            Assert.Equal(session.Role, read.Role);
        }
    }

    [Fact]
    public void A_session_restored_after_every_message_goes_on()
    {
        var pair = SessionPair.Confirmed(201);
        var owner = pair.Owner;
        var guest = pair.Guest;

        for (var i = 0; i < 12; i++)
        {
            owner = SessionPair.Clone(owner);
            guest = SessionPair.Clone(guest);
            Assert.Equal($"{i}", SessionPair.Open(guest, SessionPair.Seal(owner, $"{i}", pair.Random)));
            if (i % 3 == 0)
                Assert.Equal("back", SessionPair.Open(owner, SessionPair.Seal(guest, "back", pair.Random)));
        }
    }

    [Fact]
    public void E_24_a_state_of_another_version_is_named()
    {
        var state = SessionPair.Export(SessionPair.Confirmed(202).Owner);
        state[0] = 2;

        Assert.Equal(SessionStateError.OtherVersion, Session.TryImport(state, out _));
        Assert.Equal(SessionStateError.Malformed, Session.TryImport([], out _));
    }

    [Fact]
    public void E_70_mutated_states_give_only_named_errors_and_one_form()
    {
        var random = new SeededRandomForTestsOnly(203);
        foreach (var session in Stages())
        {
            foreach (var bytes in Mutations.Of(SessionPair.Export(session), random, 500))
            {
                var error = Session.TryImport(bytes, out var read);
                Assert.True(Enum.IsDefined(error));
                if (error == SessionStateError.None)
                    Assert.Equal(bytes, SessionPair.Export(read!));
            }
        }
    }

    [Fact]
    public void E_70_random_and_mutated_messages_are_refused_in_every_stage()
    {
        var random = new SeededRandomForTestsOnly(204);
        var pair = SessionPair.Confirmed(205);
        var valid = SessionPair.Seal(pair.Owner, "valid", pair.Random);
        foreach (var session in Stages().Append(pair.Guest))
        {
            var before = SessionPair.Export(session);
            foreach (var bytes in Mutations.Of(valid, random, 400))
            {
                if (!bytes.AsSpan().SequenceEqual(valid))
                    Assert.Contains(SessionPair.TryOpen(session, bytes, out _), new[] { SessionError.Malformed, SessionError.Rejected });
            }
            Assert.Equal(before, SessionPair.Export(session));
        }
    }

    private static IEnumerable<Session> Stages()
    {
        var fresh = new SessionPair(206);
        yield return fresh.Owner;
        yield return fresh.Guest;
        var pair = SessionPair.Confirmed(207);
        yield return pair.Owner;
        yield return pair.Guest;
        var late = new SessionPair(208);
        for (var i = 0; i < 3; i++)
        {
            _ = SessionPair.Seal(late.Owner, "lost", late.Random);
            _ = SessionPair.Open(late.Guest, SessionPair.Seal(late.Owner, "seen", late.Random));
            _ = SessionPair.Seal(late.Guest, "lost", late.Random);
            _ = SessionPair.Open(late.Owner, SessionPair.Seal(late.Guest, "seen", late.Random));
        }
        yield return late.Owner;
        yield return late.Guest;
    }
}
