using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Secrets.Transport.Boxes;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>
/// One channel over two relays, while boxes are dropped, doubled, reordered, reflected and damaged, and writer and reader crash and are
/// restored (E-20, E-22, E-25, E-34, E-39). FsCheck prints the seed of a failing run.
/// </summary>
public sealed class ChannelProperties
{
    [Fact]
    public void Nothing_is_delivered_twice_nothing_kept_is_lost_and_no_index_has_two_contents()
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(25)), Prop.ForAll(seeds, seed =>
        {
            using var world = new World(seed);
            for (var i = 0; i < 60; i++)
                world.Step();
            world.Finish();
        }));
    }

    [Fact]
    public void Reading_what_was_written_gives_the_same_and_every_accepted_state_is_canonical()
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(20)), Prop.ForAll(seeds, seed =>
        {
            var random = new SeededRandom(seed);
            using var capability = Capability(seed);
            using var keys = capability.DeriveKeys(Relay(1), BoxClass.Small);
            using var reading = capability.GrantRead().DeriveKeys(Relay(1), BoxClass.Small);
            var body = random.Bytes(random.Below(4_053));
            var kind = (BoxKind)(1 + random.Below(6));
            var box = keys.Seal(kind, body);

            Assert.Equal(BoxError.None, reading.TryOpen(box.Signature, box.Payload, out var opened));
            Assert.Equal(kind, opened!.Kind);
            Assert.Equal(body, opened.Body);

            using var reader = BoxReader.Create(capability.GrantRead(), BoxClass.Small, [Relay(1)]);
            reader.Abandon(reader.NextIndex + (ulong)random.Below(16), Noon);
            using var again = ImportReader(Export(reader));
            Assert.Equal(Export(reader), Export(again));
        }));
    }

    private sealed class World : IDisposable
    {
        private readonly SeededRandom _random;
        private readonly RelayModel[] _relays = [new(Relay(1)), new(Relay(2))];
        private readonly List<(int Relay, SealedBox Box)> _outbox = [];
        private readonly List<int> _delivered = [];
        private readonly HashSet<int> _kept = [];
        private readonly Dictionary<BoxAddress, int> _numbers = [];
        private BoxWriter _writer;
        private BoxReader _reader;
        private byte[] _writerState;
        private byte[] _readerState;
        private int _written;

        public World(int seed)
        {
            _random = new SeededRandom(seed);
            _writer = BoxWriter.Create(WriteCapability.Generate(_random), BoxClass.Small);
            _reader = BoxReader.Create(_writer.GrantRead(), BoxClass.Small, [_relays[0].Id, _relays[1].Id]);
            _writerState = Export(_writer);
            _readerState = Export(_reader);
        }

        public void Step()
        {
            switch (_random.Below(8))
            {
                case 0 or 1:
                    Write();
                    break;
                case 2 or 3:
                    Send();
                    break;
                case 4 or 5:
                    Receive();
                    break;
                case 6:
                    Restart();
                    break;
                default:
                    Attack();
                    break;
            }
        }

        /// <summary>Everything that any relay keeps must be read in the end.</summary>
        public void Finish()
        {
            for (var i = 0; i < 200 && Receive(); i++)
            {
            }
            Assert.Equal(_delivered.Count, _delivered.Distinct().Count());
            Assert.Equal(_kept.Order(), _delivered.Order());
            foreach (var relay in _relays)
                Assert.DoesNotContain(relay.Sent.Values, payload => payload.Length == 0);
        }

        public void Dispose()
        {
            _writer.Dispose();
            _reader.Dispose();
        }

        private void Write()
        {
            // no more than the window may hide behind lost ones; repair is the layer above's
            if (_writer.NextIndex - _reader.NextIndex >= 15)
                return;
            var body = new byte[1 + _random.Below(40)];
            var number = _written++;
            BinaryPrimitives.WriteInt32BigEndian(body.AsSpan().Length >= 4 ? body : body = new byte[4], number);
            Assert.True(_writer.TryWrite(BoxKind.Data, body, [_relays[0].Id, _relays[1].Id], out var written));
            if (_random.Below(5) == 0)
            {
                // killed before the transaction: nothing was sent, the index is used again
                _writer.Dispose();
                _writer = Import(_writerState);
                return;
            }
            _writerState = Export(_writer);
            for (var i = 0; i < 2; i++)
            {
                _outbox.Add((i, written!.Copies[i].Box));
                _numbers[written.Copies[i].Box.Address] = number;
            }
        }

        private void Send()
        {
            if (_outbox.Count == 0)
                return;
            var at = _random.Below(_outbox.Count);
            var (relay, box) = _outbox[at];
            if (_random.Below(3) > 0)
            {
                Assert.Equal(WriteOutcome.Kept, _relays[relay].Write(box, out _));
                _ = _kept.Add(_numbers[box.Address]);
            }
            if (_random.Below(3) > 0)
                _outbox.RemoveAt(at); // else sent again later
        }

        private bool Receive()
        {
            var expected = _reader.Expected.OrderBy(_ => _random.Below(1_000)).ToList();
            foreach (var box in expected)
            {
                var relay = _relays[box.Relay == _relays[0].Id ? 0 : 1];
                Assert.Equal(CellError.None, BoxAnswer.TryRead(relay.Read(box.Address, BoxClass.Small), out var answer));
                var error = _reader.TryOpen(relay.Id, answer, out var received);
                if (error == BoxError.NothingThere)
                    continue;
                Assert.Equal(BoxError.None, error);
                _reader.Commit(received!, Noon);
                if (_random.Below(4) == 0)
                {
                    // killed before the transaction: the content is not kept either
                    _reader.Dispose();
                    _reader = ImportReader(_readerState);
                    return true;
                }
                _delivered.Add(BinaryPrimitives.ReadInt32BigEndian(received!.Body));
                _readerState = Export(_reader);
                return true;
            }
            return false;
        }

        private void Restart()
        {
            _writer.Dispose();
            _reader.Dispose();
            _writer = Import(_writerState);
            _reader = ImportReader(_readerState);
        }

        private void Attack()
        {
            if (_outbox.Count == 0)
                return;
            var (relay, box) = _outbox[_random.Below(_outbox.Count)];
            var before = Export(_reader);
            // reflected to the other relay, damaged
            Assert.Equal(BoxError.NotExpected, _reader.TryOpen(_relays[1 - relay].Id, box, out _));
            var damaged = Tamper(box, payloadBit: _random.Below(8 * 4_096));
            Assert.True(_reader.TryOpen(_relays[relay].Id, damaged, out _) is BoxError.SignatureInvalid or BoxError.NotExpected);
            Assert.Equal(before, Export(_reader));
        }
    }
}
