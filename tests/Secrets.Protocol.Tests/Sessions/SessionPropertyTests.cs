using FsCheck;
using FsCheck.Fluent;
using Secrets.Crypto;
using Secrets.Protocol.Sessions;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>Any mixture of sending, losing, doubling, reordering, reflecting, crashing and restoring (E-20, E-22, E-25).</summary>
public sealed class SessionPropertyTests
{
    [Fact]
    public void E_22_E_25_every_text_arrives_at_most_once_and_nothing_else_ever_does() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Arb.From(Gen.Choose(0, int.MaxValue)), Holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(60)).WithEndSize(120));

    [Fact]
    public void Whatever_is_lost_the_rest_is_read_in_any_order() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var random = new SeededRandomForTestsOnly((ulong)seed);
            var pair = SessionPair.Confirmed((ulong)seed);
            var messages = Enumerable.Range(0, 40).Select(i => (Text: $"{i}", Message: SessionPair.Seal(pair.Owner, $"{i}", pair.Random))).ToList();
            while (messages.Count > 0)
            {
                var at = (int)random.Next((uint)messages.Count);
                if (random.Next(4) != 0)
                    Assert.Equal(messages[at].Text, SessionPair.Open(pair.Guest, messages[at].Message));
                messages.RemoveAt(at);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(20)));

    private static void Holds(byte[] steps, int seed)
    {
        var world = new World((ulong)seed);
        foreach (var step in steps)
            world.Do(step);
        world.Settle();
    }

    /// <summary>Two engines that store before they act, and a network that does what it likes.</summary>
    private sealed class World
    {
        private readonly SeededRandomForTestsOnly _random;
        private readonly Side[] _sides;
        private readonly HashSet<string> _headers = [];
        private int _number;

        public World(ulong seed)
        {
            _random = new SeededRandomForTestsOnly(seed);
            var pair = SessionPair.Confirmed(seed);
            _sides = [new Side(pair.Owner), new Side(pair.Guest)];
        }

        public void Do(byte step)
        {
            var side = _sides[step & 1];
            var other = _sides[1 - (step & 1)];
            switch ((step >> 1) % 8)
            {
                case 0 or 1 or 2:
                    Send(side, crash: false);
                    break;
                case 3:
                    Send(side, crash: true);
                    break;
                case 4 or 5:
                    Deliver(side, other, crash: false);
                    break;
                case 6:
                    Deliver(side, other, crash: true);
                    break;
                default:
                    Reflect(side);
                    break;
            }
        }

        /// <summary>Everything that was sent is delivered at last, some of it again.</summary>
        public void Settle()
        {
            foreach (var (side, other) in new[] { (_sides[0], _sides[1]), (_sides[1], _sides[0]) })
            {
                foreach (var (text, message, rootSteps) in other.Sent)
                {
                    Receive(side, message, text, rootSteps);
                    Assert.Contains(text, side.Received);
                }
            }
        }

        private void Send(Side side, bool crash)
        {
            var text = $"{_number++}";
            var message = SessionPair.Seal(side.Session, text, _random);
            if (crash)
            {
                side.Restore(); // killed before the state was stored: the message never left
                return;
            }
            side.Store();
            // no header and with it no message key is used for two messages that left
            Assert.True(_headers.Add(Convert.ToHexString(message.AsSpan(0, 2360))));
            side.Sent.Add((text, message, side.Session.RootSteps));
        }

        private void Deliver(Side side, Side other, bool crash)
        {
            if (other.Sent.Count == 0)
                return;
            var (text, message, rootSteps) = other.Sent[(int)_random.Next((uint)other.Sent.Count)];
            if (crash)
            {
                _ = SessionPair.TryOpen(side.Session, message, out _);
                side.Restore(); // killed before the state was stored: the text was not shown either
            }
            else
            {
                Receive(side, message, text, rootSteps);
            }
        }

        private void Reflect(Side side)
        {
            if (side.Sent.Count == 0)
                return;
            var before = SessionPair.Export(side.Session);
            Assert.Equal(SessionError.Rejected, SessionPair.TryOpen(side.Session, side.Sent[(int)_random.Next((uint)side.Sent.Count)].Message, out _));
            Assert.Equal(before, SessionPair.Export(side.Session));
        }

        private static void Receive(Side side, byte[] message, string expected, uint rootSteps)
        {
            var before = SessionPair.Export(side.Session);
            var error = SessionPair.TryOpen(side.Session, message, out var text);
            if (error == SessionError.None)
            {
                Assert.Equal(expected, text);
                Assert.True(side.Received.Add(text));
                side.Store();
                return;
            }
            Assert.Contains(error, new[] { SessionError.Duplicate, SessionError.Rejected });
            Assert.Equal(before, SessionPair.Export(side.Session));
            // a text is given up only when its chain is more than three behind the present one
            if (side.Received.Add(expected))
                Assert.True((side.Session.RootSteps - rootSteps) / 2 > 3);
        }
    }

    private sealed class Side(Session session)
    {
        private byte[] _stored = SessionPair.Export(session);

        public Session Session { get; private set; } = session;

        public List<(string Text, byte[] Message, uint RootSteps)> Sent { get; } = [];

        public HashSet<string> Received { get; } = [];

        public void Store() => _stored = SessionPair.Export(Session);

        public void Restore()
        {
            Session.Dispose();
            Assert.Equal(SessionStateError.None, Session.TryImport(_stored, out var restored));
            Session = restored!;
        }
    }
}
