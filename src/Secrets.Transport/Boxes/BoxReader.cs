using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>The reading side of one channel: a window of 16 indices ahead, and the holes behind it.</summary>
/// <remarks>
/// Two phases: <see cref="TryOpen(in RelayId, SealedBox, out ReceivedBox)"/> looks and changes nothing; <see cref="Commit"/> moves on and erases keys, after which the
/// caller stores the content and <see cref="ExportForVault"/> in one transaction. Refused input leaves the state untouched.
/// After a commit the reader keeps, without any key, the hash of the payload that an honest writer's copy has at each relay:
/// another validly signed payload there is <see cref="BoxError.SecondContent"/>. Spec: docs/protocol/boxes.md §4.7.
/// </remarks>
public sealed partial class BoxReader : IDisposable
{
    /// <summary>How many indices are looked at ahead.</summary>
    public const int WindowSize = 16;

    /// <summary>Most holes whose keys are kept; beyond, the lowest go.</summary>
    public const int MaxHoles = 2_000;

    /// <summary>Most hashes of committed payloads that are kept; beyond, the oldest go.</summary>
    public const int MaxWitnesses = 64;

    /// <summary>Most relays of one channel.</summary>
    public const int MaxRelays = BoxWriter.MaxRelays;

    private readonly Ed25519PublicKey _root;
    private readonly List<BoxIndexState> _window = [];
    private readonly List<BoxHole> _holes = [];
    private readonly List<RelayId> _relays = [];
    private readonly List<BoxWitness> _witnesses = [];
    private readonly Dictionary<BoxAddress, Expectation> _expected = [];

    // empty only when the last index was read
    private BoxReader(in Ed25519PublicKey root, BoxIndexState? state, BoxClass boxClass)
    {
        _root = root;
        Class = boxClass;
        if (state is not null)
            _window.Add(state);
        FillWindow();
    }

    /// <summary>The channel's class.</summary>
    public BoxClass Class { get; }

    /// <summary>The lowest index of the window: one above the highest that was taken.</summary>
    public ulong NextIndex => _window.Count > 0 ? _window[0].Index : ulong.MaxValue;

    /// <summary>True when the very last index was taken.</summary>
    public bool IsExhausted => _window.Count == 0;

    /// <summary>The relays of the channel.</summary>
    public IReadOnlyList<RelayId> Relays => _relays;

    /// <summary>The indices that were passed over, lowest first.</summary>
    public IReadOnlyList<BoxHole> Holes => _holes;

    /// <summary>Starts reading; the capability belongs to the reader from now on.</summary>
    public static BoxReader Create(ReadCapability capability, BoxClass boxClass, ReadOnlySpan<RelayId> relays)
    {
        ArgumentNullException.ThrowIfNull(capability);
        if (!boxClass.IsKnown)
            throw new ArgumentOutOfRangeException(nameof(boxClass));
        var reader = new BoxReader(capability.Root, capability.State, boxClass);
        foreach (var relay in relays)
            reader.AddRelay(relay);
        return reader;
    }

    /// <summary>The channel lies at one more relay; nothing happens if it is known.</summary>
    /// <exception cref="InvalidOperationException">There are eight.</exception>
    public void AddRelay(in RelayId relay)
    {
        if (relay == default)
            throw new ArgumentException("The id is empty.", nameof(relay));
        if (_relays.Contains(relay))
            return;
        if (_relays.Count == MaxRelays)
            throw new InvalidOperationException("A channel has one to eight relays.");
        _relays.Add(relay);
    }

    /// <summary>The channel lies no longer at a relay.</summary>
    public void RemoveRelay(in RelayId relay)
    {
        if (!_relays.Remove(relay))
            return;
        foreach (var (address, expectation) in _expected)
        {
            if (expectation.Relay != relay)
                continue;
            expectation.Keys.Dispose();
            _ = _expected.Remove(address);
        }
    }

    /// <summary>Everything that is waited for: holes first, then the window, each at every relay.</summary>
    public IReadOnlyList<ExpectedBox> Expected
    {
        get
        {
            DeriveExpectations();
            var list = new List<ExpectedBox>(_expected.Count);
            foreach (var (address, expectation) in _expected)
                list.Add(new ExpectedBox(expectation.Index, expectation.Relay, address, expectation.Index < NextIndex || IsExhausted));
            list.Sort((left, right) => left.Index.CompareTo(right.Index));
            return list;
        }
    }

    /// <summary>Opens a box that a relay gave. The state does not change.</summary>
    public BoxError TryOpen(in RelayId relay, SealedBox box, out ReceivedBox? received)
    {
        ArgumentNullException.ThrowIfNull(box);
        return TryOpen(relay, box.Address, box.Signature, box.Payload, out received);
    }

    /// <summary>Looks at a delete that a relay gave: address first, then signature. The state does not change.</summary>
    public BoxError TryOpen(in RelayId relay, in Tombstone tombstone, out ReceivedBox? received)
    {
        received = null;
        if (!TryFind(relay, tombstone.Address, out var expectation))
            return BoxError.NotExpected;
        var error = expectation.Keys.TryAccept(tombstone);
        if (error == BoxError.None)
            received = new ReceivedBox(expectation.Index, relay, opened: null);
        return error;
    }

    /// <summary>Takes what was opened: the window moves behind it, its keys are erased, passed-over indices become holes.</summary>
    /// <exception cref="InvalidOperationException">The index is not waited for: it was taken before.</exception>
    public void Commit(ReceivedBox received, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(received);
        if (!IsWaitedFor(received.Index))
            throw new InvalidOperationException("This index was taken before.");
        if (!received.IsDeleted)
            KeepWitnesses(received);
        Take(received.Index, now);
    }

    /// <summary>Gives an index up: its author has it no more, or wrote what can't be opened. Nothing happens if it is not waited for.</summary>
    public void Abandon(ulong index, DateTimeOffset now)
    {
        if (IsWaitedFor(index))
            Take(index, now);
    }

    /// <summary>Erases the keys of holes that are older than a time limit; gives their number.</summary>
    public int DropHoles(DateTimeOffset since)
    {
        var dropped = 0;
        for (var i = _holes.Count - 1; i >= 0; i--)
        {
            if (_holes[i].Since >= since)
                continue;
            Forget(_holes[i].Index);
            dropped++;
        }
        return dropped;
    }

    /// <summary>Wipes all keys.</summary>
    public void Dispose()
    {
        foreach (var expectation in _expected.Values)
            expectation.Keys.Dispose();
        foreach (var state in _window)
            state.Dispose();
        foreach (var hole in _holes)
            hole.Dispose();
        _expected.Clear();
        _window.Clear();
        _holes.Clear();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BoxReader);

    private BoxError TryOpen(in RelayId relay, in BoxAddress address, in Ed25519Signature signature, ReadOnlySpan<byte> payload, out ReceivedBox? received)
    {
        received = null;
        if (payload.Length != Class.SealedSize)
            return BoxError.WrongSize;
        if (!TryFind(relay, address, out var expectation))
            return CompareWithWitness(address, signature, payload);
        var error = expectation.Keys.TryOpen(signature, payload, out var opened);
        if (error == BoxError.None)
            received = new ReceivedBox(expectation.Index, relay, opened);
        return error;
    }

    private bool TryFind(in RelayId relay, in BoxAddress address, out Expectation expectation)
    {
        DeriveExpectations();
        return _expected.TryGetValue(address, out expectation!) && expectation.Relay == relay;
    }

    private BoxError CompareWithWitness(in BoxAddress address, in Ed25519Signature signature, ReadOnlySpan<byte> payload)
    {
        foreach (var witness in _witnesses)
        {
            if (witness.Address != address)
                continue;
            if (witness.PayloadHash == LabelledHash.Start(Labels.Witness).Add(payload).Finish())
                return BoxError.NotExpected;
            return address.Verify(payload, signature) ? BoxError.SecondContent : BoxError.SignatureInvalid;
        }
        return BoxError.NotExpected;
    }

    private void KeepWitnesses(ReceivedBox received)
    {
        DeriveExpectations();
        foreach (var (address, expectation) in _expected)
        {
            if (expectation.Index == received.Index)
                _witnesses.Add(new BoxWitness(received.Index, address, expectation.Keys.HashExpectedPayload(received.Plaintext)));
        }
        if (_witnesses.Count > MaxWitnesses)
            _witnesses.RemoveRange(0, _witnesses.Count - MaxWitnesses);
    }

    private bool IsWaitedFor(ulong index)
    {
        if (_window.Count > 0 && index >= NextIndex && index <= _window[^1].Index)
            return true;
        return _holes.Exists(hole => hole.Index == index);
    }

    private void Take(ulong index, DateTimeOffset now)
    {
        var isHole = _holes.Exists(hole => hole.Index == index);
        Forget(index);
        if (isHole)
            return;
        while (_window.Count > 0 && _window[0].Index <= index)
        {
            var state = _window[0];
            if (state.Index < index)
                _holes.Add(new BoxHole(state.Index, state.BlindingMaterial, state.EncryptionMaterial, Seconds(now)));
            // the state behind must exist before this one goes
            if (_window.Count == 1 && state.TryDeriveNext(out var next))
                _window.Add(next);
            _window.RemoveAt(0);
            state.Dispose();
        }
        FillWindow();
        while (_holes.Count > MaxHoles)
            Forget(_holes[0].Index);
    }

    /// <summary>Erases the address keys of an index, and its hole.</summary>
    private void Forget(ulong index)
    {
        foreach (var (address, expectation) in _expected)
        {
            if (expectation.Index != index)
                continue;
            expectation.Keys.Dispose();
            _ = _expected.Remove(address);
        }
        var at = _holes.FindIndex(hole => hole.Index == index);
        if (at < 0)
            return;
        _holes[at].Dispose();
        _holes.RemoveAt(at);
    }

    private void FillWindow()
    {
        while (_window.Count is > 0 and < WindowSize && _window[^1].TryDeriveNext(out var next))
            _window.Add(next);
    }

    private void DeriveExpectations()
    {
        if (_expected.Count == (_window.Count + _holes.Count) * _relays.Count)
            return;
        var known = new HashSet<(ulong Index, RelayId Relay)>();
        foreach (var expectation in _expected.Values)
            _ = known.Add((expectation.Index, expectation.Relay));
        foreach (var relay in _relays)
        {
            foreach (var hole in _holes)
                Expect(known, hole.Index, relay, hole.BlindingMaterial, hole.EncryptionMaterial);
            foreach (var state in _window)
                Expect(known, state.Index, relay, state.BlindingMaterial, state.EncryptionMaterial);
        }
    }

    private void Expect(HashSet<(ulong Index, RelayId Relay)> known, ulong index, in RelayId relay, ReadOnlySpan<byte> blinding, ReadOnlySpan<byte> encryption)
    {
        if (known.Contains((index, relay)))
            return;
        var keys = BoxReadKeys.Derive(_root, blinding, encryption, relay, Class);
        // two indices have one address only in a forged state; the first stays
        if (!_expected.TryAdd(keys.Address, new Expectation(index, relay, keys)))
            keys.Dispose();
    }

    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(Math.Max(0, time.ToUnixTimeSeconds()));

    private sealed class Expectation(ulong index, RelayId relay, BoxReadKeys keys)
    {
        public ulong Index { get; } = index;

        public RelayId Relay { get; } = relay;

        public BoxReadKeys Keys { get; } = keys;
    }
}
