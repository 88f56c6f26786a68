using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Transport.Rooms;

/// <summary>What the owner of a room decided: one link of a signed, numbered chain that relay and members check alike.</summary>
/// <remarks>
/// version 1 ‖ kind 1 ‖ address 32 ‖ number 4 ‖ previous 32 ‖ content ‖ signature 64. The hash covers everything before the signatures.
/// Spec: docs/protocol/rooms.md §3.2.
/// </remarks>
public sealed class Statement
{
    /// <summary>Longest statement in bytes.</summary>
    public const int MaxSize = HeadSize + Ed25519PublicKey.Size + SessionId.Size + sizeof(ushort) + (2 * Ed25519Signature.Size);

    private const byte Version = 1;
    private const int HeadSize = 1 + 1 + RoomAddress.Size + sizeof(uint) + Hash256.Size;

    private readonly byte[] _bytes;
    private readonly Ed25519Signature _joining;
    private readonly Ed25519Signature _signature;

    private Statement(byte[] bytes, int signed, in Fields fields, in Ed25519Signature joining, in Ed25519Signature signature)
    {
        _bytes = bytes;
        _joining = joining;
        _signature = signature;
        Kind = fields.Kind;
        Address = fields.Address;
        Number = fields.Number;
        Previous = fields.Previous;
        Key = fields.Key;
        Session = fields.Session;
        Participants = fields.Participants;
        Hash = HashOf(bytes.AsSpan(0, signed));
    }

    /// <summary>The statement as it travels.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>What it decides.</summary>
    public StatementKind Kind { get; }

    /// <summary>The room.</summary>
    public RoomAddress Address { get; }

    /// <summary>Its number; 0 is the opening.</summary>
    public uint Number { get; }

    /// <summary>Hash of the statement before; zero for the opening.</summary>
    public Hash256 Previous { get; }

    /// <summary>The owner's key, of an opening and a handing over.</summary>
    public Ed25519PublicKey Key { get; }

    /// <summary>The owner's session, of an opening and a handing over; who must go, of a removal.</summary>
    public SessionId Session { get; }

    /// <summary>Most participants, of an opening.</summary>
    public int Participants { get; }

    /// <summary>Hash of everything before the signatures.</summary>
    public Hash256 Hash { get; }

    /// <summary>Reads exactly one statement and checks its form; whether it fits and is signed right is the chain's to say.</summary>
    public static StatementError TryRead(ReadOnlySpan<byte> source, out Statement? statement)
    {
        statement = null;
        if (source.Length > MaxSize)
            return StatementError.TooLong;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var version) || !reader.TryReadByte(out var kind))
            return StatementError.Truncated;
        if (version != Version || kind is < (byte)StatementKind.Opening or > (byte)StatementKind.Close)
            return StatementError.UnknownVersion;
        if (!reader.TryReadFixed(RoomAddress.Size, out var address) || !reader.TryReadUInt32(out var number) || !reader.TryReadFixed(Hash256.Size, out var previous))
            return StatementError.Truncated;
        var fields = new Fields { Kind = (StatementKind)kind, Number = number };
        _ = RoomAddress.TryRead(address, out fields.Address);
        _ = Hash256.TryRead(previous, out fields.Previous);
        if ((fields.Kind == StatementKind.Opening) != (number == 0) || (number == 0 && fields.Previous != default))
            return StatementError.Malformed;
        var error = TryReadContent(ref reader, ref fields);
        if (error != StatementError.None)
            return error;
        var signed = source.Length - reader.Remaining;
        var joining = default(Ed25519Signature);
        if (fields.Kind == StatementKind.Opening && (!reader.TryReadFixed(Ed25519Signature.Size, out var first) || !Ed25519Signature.TryRead(first, out joining)))
            return StatementError.Truncated;
        if (!reader.TryReadFixed(Ed25519Signature.Size, out var last) || !Ed25519Signature.TryRead(last, out var signature))
            return StatementError.Truncated;
        if (!reader.IsAtEnd)
            return StatementError.TooLong;
        statement = new Statement(source.ToArray(), signed, fields, joining, signature);
        return StatementError.None;
    }

    /// <summary>The opening of a room, signed by the joining key and the owner's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 or more than 200 participants.</exception>
    public static Statement Open(Ed25519PrivateKey joining, Ed25519PrivateKey owner, in SessionId session, int participants)
    {
        ArgumentNullException.ThrowIfNull(joining);
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(participants, RoomsNetwork.MaxParticipants);
        return Create(new Fields { Kind = StatementKind.Opening, Address = RoomAddress.FromKey(joining.PublicKey), Key = owner.PublicKey, Session = session, Participants = participants }, joining, owner);
    }

    /// <summary>The next statement of a chain about nobody: lock, unlock or close.</summary>
    /// <exception cref="ArgumentException">The kind needs more.</exception>
    public static Statement Next(StatementChain chain, StatementKind kind, Ed25519PrivateKey owner)
    {
        if (kind is not (StatementKind.Lock or StatementKind.Unlock or StatementKind.Close))
            throw new ArgumentException("This kind of statement needs more.", nameof(kind));
        return Create(After(chain, kind), null, owner);
    }

    /// <summary>The next statement of a chain: this session must go.</summary>
    public static Statement Remove(StatementChain chain, in SessionId session, Ed25519PrivateKey owner)
    {
        var fields = After(chain, StatementKind.Remove);
        fields.Session = session;
        return Create(fields, null, owner);
    }

    /// <summary>The next statement of a chain: the room has another owner.</summary>
    public static Statement HandOver(StatementChain chain, in SessionId session, in Ed25519PublicKey key, Ed25519PrivateKey owner)
    {
        var fields = After(chain, StatementKind.HandOver);
        fields.Session = session;
        fields.Key = key;
        return Create(fields, null, owner);
    }

    /// <summary>True if the signatures are right, that of the owner by this key.</summary>
    internal bool IsSignedBy(in Ed25519PublicKey owner)
    {
        Span<byte> message = stackalloc byte[Labels.Opening.Length + Hash256.Size];
        if (Kind == StatementKind.Opening && !Address.Verify(Signed(Labels.Opening, Hash, message), _joining))
            return false;
        return owner.Verify(Signed(Labels.Owner, Hash, message), _signature);
    }

    private static Fields After(StatementChain chain, StatementKind kind)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return new Fields { Kind = kind, Address = chain.Address, Number = checked((uint)chain.Count), Previous = chain.Head.Hash };
    }

    private static Statement Create(Fields fields, Ed25519PrivateKey? joining, Ed25519PrivateKey owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        Span<byte> buffer = stackalloc byte[MaxSize];
        var writer = new WireWriter(buffer);
        writer.WriteByte(Version);
        writer.WriteByte((byte)fields.Kind);
        writer.WriteFixed(fields.Address.Bytes);
        writer.WriteUInt32(fields.Number);
        writer.WriteFixed(fields.Previous.Bytes);
        if (fields.Kind is StatementKind.Opening or StatementKind.HandOver)
            writer.WriteFixed(fields.Key.Bytes);
        if (fields.Kind is StatementKind.Opening or StatementKind.HandOver or StatementKind.Remove)
            writer.WriteFixed(fields.Session.Bytes);
        if (fields.Kind == StatementKind.Opening)
            writer.WriteUInt16((ushort)fields.Participants);
        var signed = writer.Length;
        var hash = HashOf(buffer[..signed]);
        Span<byte> message = stackalloc byte[Labels.Opening.Length + Hash256.Size];
        var first = default(Ed25519Signature);
        if (joining is not null)
        {
            first = joining.Sign(Signed(Labels.Opening, hash, message));
            writer.WriteFixed(first.Bytes);
        }
        var signature = owner.Sign(Signed(Labels.Owner, hash, message));
        writer.WriteFixed(signature.Bytes);
        return new Statement(buffer[..writer.Length].ToArray(), signed, fields, first, signature);
    }

    private static StatementError TryReadContent(ref WireReader reader, ref Fields fields)
    {
        if (fields.Kind is StatementKind.Opening or StatementKind.HandOver)
        {
            if (!reader.TryReadFixed(Ed25519PublicKey.Size, out var key))
                return StatementError.Truncated;
            if (!Ed25519PublicKey.TryRead(key, out fields.Key))
                return StatementError.Malformed;
        }
        if (fields.Kind is StatementKind.Opening or StatementKind.HandOver or StatementKind.Remove)
        {
            if (!reader.TryReadFixed(SessionId.Size, out var session))
                return StatementError.Truncated;
            _ = SessionId.TryRead(session, out fields.Session);
            if (fields.Session.IsEverybody)
                return StatementError.Malformed;
        }
        if (fields.Kind != StatementKind.Opening)
            return StatementError.None;
        if (!reader.TryReadUInt16(out var participants))
            return StatementError.Truncated;
        fields.Participants = participants;
        return participants is >= 2 and <= RoomsNetwork.MaxParticipants ? StatementError.None : StatementError.Malformed;
    }

    private static Hash256 HashOf(ReadOnlySpan<byte> signed) => LabelledHash.Start(Labels.Statement).Add(signed).Finish();

    private static ReadOnlySpan<byte> Signed(ReadOnlySpan<byte> label, in Hash256 hash, Span<byte> message)
    {
        label.CopyTo(message);
        hash.Bytes.CopyTo(message[label.Length..]);
        return message[..(label.Length + Hash256.Size)];
    }

    private struct Fields
    {
        public StatementKind Kind;
        public RoomAddress Address;
        public uint Number;
        public Hash256 Previous;
        public Ed25519PublicKey Key;
        public SessionId Session;
        public int Participants;
    }
}
