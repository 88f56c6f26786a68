using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Transport.Encoding;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <content>The state with which a session comes back. Holds keys and names, and nothing of what was said.</content>
public sealed partial class RoomMachine
{
    private const byte StateVersion = 1;
    private const int KeyStateSize = (2 * sizeof(ulong)) + (2 * SenderKey.KeySize);
    private const int PersonStateSize = SessionId.Size + X25519PublicKey.Size + Ed25519PublicKey.Size + (2 * sizeof(ulong)) + 1 + NameText.MaxSize + 1 + 1 + (RoomPerson.MaxKeys * KeyStateSize);

    private const int HeadStateSize = 1 + RoomKeys.Size + (3 * 32) + (3 * sizeof(ulong)) + RoomMessageId.Size + 1 + NameText.MaxSize + (3 * sizeof(ushort));

    /// <summary>Everything that this session needs to come back; secret, the caller wipes it. Who left is in it too: what was heard of them must not be heard again.</summary>
    /// <exception cref="InvalidOperationException">The room was not entered.</exception>
    public SecretBuffer ExportState()
    {
        if (!_isIn)
            throw new InvalidOperationException("The room was not entered.");
        var people = _people.Values.Where(static person => person.IsIntroduced).ToList();
        var others = _admitted.Except(people.Select(static person => person.Session)).ToList();
        using var buffer = new SecretBuffer(HeadStateSize + (_chain!.Count * (sizeof(ushort) + Statement.MaxSize)) + (people.Count * PersonStateSize) + (others.Count * SessionId.Size));
        var writer = new WireWriter(buffer.Bytes);
        writer.WriteByte(StateVersion);
        writer.WriteFixed(_keys.Master);
        _session.ExportForVault(writer.Take(Ed25519PrivateKey.SeedSize));
        _agreement.ExportForVault(writer.Take(X25519PrivateKey.Size));
        _ownerKey.ExportForVault(writer.Take(Ed25519PrivateKey.SeedSize));
        writer.WriteUInt64(_instance);
        writer.WriteUInt64(_lastNumber);
        writer.WriteUInt64(_lastOwnNumber);
        writer.WriteFixed(_lastHeard.Bytes);
        writer.WriteBytes8(Encoding.UTF8.GetBytes(Name));
        writer.WriteUInt16((ushort)_chain.Count);
        foreach (var statement in _chain.All)
            writer.WriteBytes16(statement.Bytes);
        writer.WriteUInt16((ushort)people.Count);
        foreach (var person in people)
            Write(ref writer, person);
        writer.WriteUInt16((ushort)others.Count);
        foreach (var session in others)
            writer.WriteFixed(session.Bytes);
        return new SecretBuffer(buffer.Bytes[..writer.Length]);
    }

    /// <summary>The session of a state; it enters by <see cref="EntryKind.Resume"/>, and under a new sender key.</summary>
    public static RoomFrameError TryRestore(ReadOnlySpan<byte> state, RandomSource random, out RoomMachine? machine)
    {
        ArgumentNullException.ThrowIfNull(random);
        machine = null;
        var reader = new WireReader(state);
        if (!reader.TryReadByte(out var version) || version != StateVersion || !reader.TryReadFixed(RoomKeys.Size, out var master)
            || !reader.TryReadFixed(Ed25519PrivateKey.SeedSize, out var session) || !reader.TryReadFixed(X25519PrivateKey.Size, out var agreement) || !reader.TryReadFixed(Ed25519PrivateKey.SeedSize, out var owner)
            || !reader.TryReadUInt64(out var instance) || !reader.TryReadUInt64(out var number) || !reader.TryReadUInt64(out var own) || !reader.TryReadFixed(RoomMessageId.Size, out var heard)
            || !reader.TryReadBytes8(NameText.MaxSize, out var nameBytes) || NameText.TryRead(nameBytes, allowEmpty: false, out var name) != MessageError.None)
        {
            return RoomFrameError.BadState;
        }
        var restored = new RoomMachine(RoomKeys.FromMaster(master), name, random, Ed25519PrivateKey.FromSeed(session), X25519PrivateKey.FromBytes(agreement), Ed25519PrivateKey.FromSeed(owner))
        {
            _instance = instance,
            _lastNumber = number,
            _lastOwnNumber = own,
            _isIn = true,
        };
        _ = RoomMessageId.TryRead(heard, out restored._lastHeard);
        if (!restored.TryReadRest(ref reader))
        {
            restored.Dispose();
            return RoomFrameError.BadState;
        }
        machine = restored;
        return RoomFrameError.None;
    }

    private static void Write(ref WireWriter writer, RoomPerson person)
    {
        writer.WriteFixed(person.Session.Bytes);
        writer.WriteFixed(person.Agreement.Bytes);
        writer.WriteFixed(person.OwnerKey.Bytes);
        writer.WriteUInt64(person.LastPrivate);
        writer.WriteUInt64(person.LastSign);
        writer.WriteByte((byte)person.Presence);
        writer.WriteBytes8(Encoding.UTF8.GetBytes(person.Name));
        writer.WriteByte((byte)person.Keys.Count);
        foreach (var key in person.Keys)
        {
            writer.WriteUInt64(key.Id);
            writer.WriteUInt64(key.Counter);
            writer.WriteFixed(key.Chain);
            writer.WriteFixed(key.Sign);
        }
    }

    private bool TryReadRest(ref WireReader reader)
    {
        if (!reader.TryReadUInt16(out var count) || count > StatementChain.MaxCount + 1)
            return false;
        var statements = new List<Statement>();
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadBytes16(Statement.MaxSize, out var bytes) || Statement.TryRead(bytes, out var statement) != StatementError.None)
                return false;
            statements.Add(statement!);
        }
        if (StatementChain.TryBegin(statements, Address, out var chain) != StatementError.None || !reader.TryReadUInt16(out var people) || people > MaxPeople)
            return false;
        ShowAll(chain!);
        for (var i = 0; i < people; i++)
        {
            if (!TryReadPerson(ref reader))
                return false;
        }
        return TryReadOthers(ref reader) && reader.IsAtEnd;
    }

    private bool TryReadOthers(ref WireReader reader)
    {
        if (!reader.TryReadUInt16(out var count) || count > MaxPeople)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadFixed(SessionId.Size, out var bytes) || !SessionId.TryRead(bytes, out var session) || !_admitted.Add(session))
                return false;
        }
        return true;
    }

    private bool TryReadPerson(ref WireReader reader)
    {
        if (!reader.TryReadFixed(SessionId.Size, out var sessionBytes) || !reader.TryReadFixed(X25519PublicKey.Size, out var agreementBytes) || !reader.TryReadFixed(Ed25519PublicKey.Size, out var ownerBytes)
            || !reader.TryReadUInt64(out var lastPrivate) || !reader.TryReadUInt64(out var lastSign) || !reader.TryReadByte(out var presence)
            || !reader.TryReadBytes8(NameText.MaxSize, out var nameBytes) || !reader.TryReadByte(out var count) || count is 0 or > RoomPerson.MaxKeys)
        {
            return false;
        }
        if (!SessionId.TryRead(sessionBytes, out var session) || !X25519PublicKey.TryRead(agreementBytes, out var agreement) || !Ed25519PublicKey.TryRead(ownerBytes, out var owner)
            || NameText.TryRead(nameBytes, allowEmpty: false, out var name) != MessageError.None || presence is < (byte)Presence.Here or > (byte)Presence.Left || _people.ContainsKey(session))
        {
            return false;
        }
        var person = new RoomPerson(session, agreement, owner, name) { LastPrivate = lastPrivate, LastSign = lastSign, Presence = (Presence)presence };
        _people.Add(session, person);
        _ = _admitted.Add(session);
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt64(out var id) || !reader.TryReadUInt64(out var counter) || !reader.TryReadFixed(SenderKey.KeySize, out var chain) || !reader.TryReadFixed(SenderKey.KeySize, out var sign) || person.Find(id) is not null)
                return false;
            person.Add(SenderKey.From(id, counter, chain, sign));
        }
        return true;
    }
}
