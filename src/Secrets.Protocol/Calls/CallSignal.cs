using System.Buffers.Binary;
using System.Text;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Calls;

/// <summary>One signal of a call: kind (1) ‖ call id (16) ‖ leg (8), but for Ask and Here ‖ body. What a kind has no use for is empty.</summary>
/// <remarks>At most 12,000 bytes. Spec: docs/protocol/calls.md §3.1.</remarks>
public sealed class CallSignal
{
    /// <summary>Most bytes of a signal.</summary>
    public const int MaxSize = 12_000;

    /// <summary>Most parties of a call.</summary>
    public const int MaxParties = 6;

    /// <summary>Most candidates of one signal.</summary>
    public const int MaxCandidates = 20;

    /// <summary>Most bytes of a candidate.</summary>
    public const int MaxCandidateSize = 512;

    private const int VideoBit = 1;
    private const int RingsBit = 2;
    private const int HeadSize = 1 + CallId.Size;

    private CallSignal(CallSignalKind kind, CallId call, ulong leg = 0)
    {
        Kind = kind;
        Call = call;
        Leg = leg;
    }

    /// <summary>What it says.</summary>
    public CallSignalKind Kind { get; }

    /// <summary>Which call it is of.</summary>
    public CallId Call { get; }

    /// <summary>Which leg it is of: the first 8 bytes of the commitment of its Ask; 0 for Here, and for the End of a whole call in a room.</summary>
    public ulong Leg { get; }

    /// <summary>Of Ask and Here: what the call began with.</summary>
    public CallMedia Media { get; private init; }

    /// <summary>Of Ask: a person is to be asked.</summary>
    public bool Rings { get; private init; }

    /// <summary>Of Ask.</summary>
    public Hash256 Commitment { get; private init; }

    /// <summary>Of Accept.</summary>
    public Hash256 Fingerprint { get; private init; }

    /// <summary>Of Accept and Offer.</summary>
    public Hash256 Nonce { get; private init; }

    /// <summary>Of Offer, Answer and Candidates: from 1.</summary>
    public int Revision { get; private init; }

    /// <summary>Of Offer and Answer.</summary>
    public SessionDescription? Description { get; private init; }

    /// <summary>Of Candidates.</summary>
    public IReadOnlyList<string> Candidates { get; private init; } = [];

    /// <summary>Of State.</summary>
    public CallSwitches Switches { get; private init; }

    /// <summary>Of Here: 1 to 6, the sender counted.</summary>
    public int Parties { get; private init; }

    /// <summary>Of End.</summary>
    public CallEndReason Reason { get; private init; }

    /// <summary>Size in bytes.</summary>
    public int Size => HeadSize + (HasLeg(Kind) ? sizeof(ulong) : 0) + Kind switch
    {
        CallSignalKind.Ask => 1 + Hash256.Size,
        CallSignalKind.Accept => 2 * Hash256.Size,
        CallSignalKind.Offer => sizeof(ushort) + Hash256.Size + Description!.Size,
        CallSignalKind.Answer => sizeof(ushort) + Description!.Size,
        CallSignalKind.Candidates => sizeof(ushort) + 1 + Candidates.Sum(static candidate => sizeof(ushort) + candidate.Length),
        CallSignalKind.Restart => 0,
        CallSignalKind.State => 1,
        CallSignalKind.Here => 2,
        CallSignalKind.End => 1,
    };

    /// <summary>Ask.</summary>
    public static CallSignal Ask(CallId call, CallMedia media, bool rings, Hash256 commitment) =>
        new(CallSignalKind.Ask, call, LegOf(commitment)) { Media = media, Rings = rings, Commitment = commitment };

    /// <summary>Accept.</summary>
    public static CallSignal Accept(CallId call, ulong leg, Hash256 fingerprint, Hash256 nonce) =>
        new(CallSignalKind.Accept, call, leg) { Fingerprint = fingerprint, Nonce = nonce };

    /// <summary>Offer.</summary>
    public static CallSignal Offer(CallId call, ulong leg, int revision, Hash256 nonce, SessionDescription description) =>
        new(CallSignalKind.Offer, call, leg) { Revision = RequireRevision(revision), Nonce = nonce, Description = description };

    /// <summary>Answer.</summary>
    public static CallSignal Answer(CallId call, ulong leg, int revision, SessionDescription description) =>
        new(CallSignalKind.Answer, call, leg) { Revision = RequireRevision(revision), Description = description };

    /// <summary>Candidates.</summary>
    /// <exception cref="ArgumentException">None, too many, or one that is none.</exception>
    public static CallSignal OfCandidates(CallId call, ulong leg, int revision, IReadOnlyList<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        if (candidates.Count is 0 or > MaxCandidates || !candidates.All(IsCandidate))
            throw new ArgumentException("1 to 20 candidates of printable ASCII.", nameof(candidates));
        return new CallSignal(CallSignalKind.Candidates, call, leg) { Revision = RequireRevision(revision), Candidates = candidates };
    }

    /// <summary>Restart.</summary>
    public static CallSignal Restart(CallId call, ulong leg) => new(CallSignalKind.Restart, call, leg);

    /// <summary>State.</summary>
    public static CallSignal State(CallId call, ulong leg, CallSwitches switches) => new(CallSignalKind.State, call, leg) { Switches = switches };

    /// <summary>Here.</summary>
    public static CallSignal Here(CallId call, CallMedia media, int parties) => new(CallSignalKind.Here, call) { Media = media, Parties = Math.Clamp(parties, 1, MaxParties) };

    /// <summary>End.</summary>
    public static CallSignal End(CallId call, ulong leg, CallEndReason reason) => new(CallSignalKind.End, call, leg) { Reason = reason };

    /// <summary>True for what may stand in Candidates: 1 to 512 bytes of printable ASCII.</summary>
    public static bool IsCandidate(string? text) => text is { Length: > 0 and <= MaxCandidateSize } && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>Reads exactly one signal.</summary>
    public static CallError TryRead(ReadOnlySpan<byte> source, out CallSignal? signal)
    {
        signal = null;
        if (source.Length > MaxSize)
            return CallError.TooLong;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var kind) || !reader.TryReadFixed(CallId.Size, out var idBytes))
            return CallError.Truncated;
        _ = CallId.TryRead(idBytes, out var call);
        var leg = 0ul;
        if (HasLeg((CallSignalKind)kind) && !reader.TryReadUInt64(out leg))
            return CallError.Truncated;
        var error = (CallSignalKind)kind switch
        {
            CallSignalKind.Ask => TryReadAsk(ref reader, call, out signal),
            CallSignalKind.Accept => TryReadAccept(ref reader, call, leg, out signal),
            CallSignalKind.Offer => TryReadOffer(ref reader, call, leg, out signal),
            CallSignalKind.Answer => TryReadAnswer(ref reader, call, leg, out signal),
            CallSignalKind.Candidates => TryReadCandidates(ref reader, call, leg, out signal),
            CallSignalKind.Restart => Read(Restart(call, leg), out signal),
            CallSignalKind.State => TryReadState(ref reader, call, leg, out signal),
            CallSignalKind.Here => TryReadHere(ref reader, call, out signal),
            CallSignalKind.End => TryReadEnd(ref reader, call, leg, out signal),
            _ => CallError.UnknownKind,
        };
        if (error == CallError.None && !reader.IsAtEnd)
            error = CallError.TooLong;
        if (error != CallError.None)
            signal = null;
        return error;
    }

    /// <summary>Writes <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte((byte)Kind);
        writer.WriteFixed(Call.Bytes);
        if (HasLeg(Kind))
            writer.WriteUInt64(Leg);
        switch (Kind)
        {
            case CallSignalKind.Ask:
                writer.WriteByte((byte)((Media == CallMedia.Video ? VideoBit : 0) | (Rings ? RingsBit : 0)));
                writer.WriteFixed(Commitment.Bytes);
                break;
            case CallSignalKind.Accept:
                writer.WriteFixed(Fingerprint.Bytes);
                writer.WriteFixed(Nonce.Bytes);
                break;
            case CallSignalKind.Offer:
                writer.WriteUInt16((ushort)Revision);
                writer.WriteFixed(Nonce.Bytes);
                writer.WriteFixed(Encoding.ASCII.GetBytes(Description!.Text));
                break;
            case CallSignalKind.Answer:
                writer.WriteUInt16((ushort)Revision);
                writer.WriteFixed(Encoding.ASCII.GetBytes(Description!.Text));
                break;
            case CallSignalKind.Candidates:
                writer.WriteUInt16((ushort)Revision);
                writer.WriteByte((byte)Candidates.Count);
                foreach (var candidate in Candidates)
                    writer.WriteBytes16(Encoding.ASCII.GetBytes(candidate));
                break;
            case CallSignalKind.Restart:
                break;
            case CallSignalKind.State:
                writer.WriteByte((byte)Switches);
                break;
            case CallSignalKind.Here:
                writer.WriteByte((byte)(Media == CallMedia.Video ? VideoBit : 0));
                writer.WriteByte((byte)Parties);
                break;
            case CallSignalKind.End:
                writer.WriteByte((byte)Reason);
                break;
        }
    }

    /// <summary>The name of the type; never what it holds.</summary>
    public override string ToString() => nameof(CallSignal);

    private static bool HasLeg(CallSignalKind kind) => kind is not (CallSignalKind.Ask or CallSignalKind.Here);

    private static ulong LegOf(Hash256 commitment) => BinaryPrimitives.ReadUInt64BigEndian(commitment.Bytes);

    private static int RequireRevision(int revision) => revision is >= 1 and <= ushort.MaxValue ? revision : throw new ArgumentOutOfRangeException(nameof(revision));

    private static CallError Read(CallSignal read, out CallSignal? signal)
    {
        signal = read;
        return CallError.None;
    }

    private static CallError TryReadAsk(ref WireReader reader, CallId call, out CallSignal? signal)
    {
        signal = null;
        if (!reader.TryReadByte(out var options) || !TryReadHash(ref reader, out var commitment))
            return CallError.Truncated;
        return options > (VideoBit | RingsBit) ? CallError.OutOfRange : Read(Ask(call, MediaOf(options), (options & RingsBit) != 0, commitment), out signal);
    }

    private static CallError TryReadAccept(ref WireReader reader, CallId call, ulong leg, out CallSignal? signal)
    {
        signal = null;
        return TryReadHash(ref reader, out var fingerprint) && TryReadHash(ref reader, out var nonce) ? Read(Accept(call, leg, fingerprint, nonce), out signal) : CallError.Truncated;
    }

    private static CallError TryReadOffer(ref WireReader reader, CallId call, ulong leg, out CallSignal? signal)
    {
        signal = null;
        if (!reader.TryReadUInt16(out var revision) || !TryReadHash(ref reader, out var nonce))
            return CallError.Truncated;
        var error = TryReadDescription(ref reader, revision, out var description);
        return error == CallError.None ? Read(Offer(call, leg, revision, nonce, description!), out signal) : error;
    }

    private static CallError TryReadAnswer(ref WireReader reader, CallId call, ulong leg, out CallSignal? signal)
    {
        signal = null;
        if (!reader.TryReadUInt16(out var revision))
            return CallError.Truncated;
        var error = TryReadDescription(ref reader, revision, out var description);
        return error == CallError.None ? Read(Answer(call, leg, revision, description!), out signal) : error;
    }

    private static CallError TryReadDescription(ref WireReader reader, int revision, out SessionDescription? description)
    {
        description = null;
        if (revision == 0)
            return CallError.OutOfRange;
        _ = reader.TryReadFixed(reader.Remaining, out var bytes);
        return SessionDescription.TryRead(bytes, out description);
    }

    private static CallError TryReadCandidates(ref WireReader reader, CallId call, ulong leg, out CallSignal? signal)
    {
        signal = null;
        if (!reader.TryReadUInt16(out var revision) || !reader.TryReadByte(out var count))
            return CallError.Truncated;
        if (revision == 0 || count is 0 or > MaxCandidates)
            return CallError.OutOfRange;
        var candidates = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadBytes16(MaxCandidateSize, out var bytes))
                return CallError.Truncated;
            var candidate = Encoding.Latin1.GetString(bytes);
            if (!IsCandidate(candidate))
                return CallError.OutOfRange;
            candidates.Add(candidate);
        }

        return Read(OfCandidates(call, leg, revision, candidates.AsReadOnly()), out signal);
    }

    private static CallError TryReadState(ref WireReader reader, CallId call, ulong leg, out CallSignal? signal)
    {
        const byte All = (byte)(CallSwitches.MicrophoneOff | CallSwitches.CameraOn | CallSwitches.ScreenShown);
        signal = null;
        if (!reader.TryReadByte(out var options))
            return CallError.Truncated;
        return options > All ? CallError.OutOfRange : Read(State(call, leg, (CallSwitches)options), out signal);
    }

    private static CallError TryReadHere(ref WireReader reader, CallId call, out CallSignal? signal)
    {
        signal = null;
        if (!reader.TryReadByte(out var options) || !reader.TryReadByte(out var parties))
            return CallError.Truncated;
        return options > VideoBit || parties is 0 or > MaxParties ? CallError.OutOfRange : Read(Here(call, MediaOf(options), parties), out signal);
    }

    private static CallError TryReadEnd(ref WireReader reader, CallId call, ulong leg, out CallSignal? signal)
    {
        signal = null;
        if (!reader.TryReadByte(out var reason))
            return CallError.Truncated;
        return Enum.IsDefined((CallEndReason)reason) ? Read(End(call, leg, (CallEndReason)reason), out signal) : CallError.OutOfRange;
    }

    private static bool TryReadHash(ref WireReader reader, out Hash256 hash)
    {
        hash = default;
        return reader.TryReadFixed(Hash256.Size, out var bytes) && Hash256.TryRead(bytes, out hash);
    }

    private static CallMedia MediaOf(int options) => (options & VideoBit) != 0 ? CallMedia.Video : CallMedia.Voice;
}
