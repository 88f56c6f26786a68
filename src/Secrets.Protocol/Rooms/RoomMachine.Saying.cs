using System.Text;
using Secrets.Crypto;
using Secrets.Transport.Encoding;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <content>What this session says, decides and tells of itself.</content>
public sealed partial class RoomMachine
{
    /// <summary>Longest signal of a call in bytes.</summary>
    public const int MaxSignalSize = 16_384;

    private const byte IntroductionKind = 1;
    private const byte CallKind = 2;
    private const byte TypingSign = 1;
    private const byte IdleSign = 2;

    // one padded frame less its head
    private const int MaxPrivateSize = 32_768;

    /// <summary>Says something to everybody. It is kept until the relay gave it a place, and sent again after a lost connection.</summary>
    public RoomMessageId Say(RoomContent content, ulong now)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var plaintext = content.Encode(now, _lastHeard);
        var body = RoomSealing.SealMessage(Address, _session, _sender, plaintext.Bytes);
        var id = RoomSealing.IdOf(Address, Me, body.Span);
        See(id);
        _unconfirmed.Add((body, ++_said));
        if (content.Kind == ContentKind.Name)
            Name = content.Text;
        if (content.Kind != ContentKind.Name)
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Message, Session = Me, Message = id, Content = content, Name = Name });
        _requests.Enqueue(RoomRequest.Say(default, isPassing: false, body.Span));
        return id;
    }

    /// <summary>Tells that this person types, or no longer; kept by nobody.</summary>
    public void Type(bool isOn, ulong now) =>
        _requests.Enqueue(RoomRequest.Say(default, isPassing: true, RoomSealing.SealSign(Address, _session, _sender, NextNumber(now), isOn ? TypingSign : IdleSign).Span));

    /// <summary>Sends a call's signal to one person; false if that person is not in.</summary>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    public bool Call(in SessionId to, ReadOnlySpan<byte> signal, ulong now)
    {
        if (signal.Length is 0 or > MaxSignalSize)
            throw new ArgumentException("A signal has 1 to 16,384 bytes.", nameof(signal));
        if (!_people.TryGetValue(to, out var person) || !person.IsIntroduced || person.Presence == Presence.Left || person.IsMissed)
            return false;
        SendPrivate(person, CallKind, signal, now);
        return true;
    }

    /// <summary>Locks the room, or unlocks it, if it is not so already; false if it is not one's own. It holds when the relay has given it to all.</summary>
    public bool Lock(bool isLocked) => IsOwner && (_chain!.IsLocked == isLocked || State(Statement.Next(_chain, isLocked ? StatementKind.Lock : StatementKind.Unlock, _ownerKey)));

    /// <summary>Removes somebody; false if the room is not one's own, or that person is not in. Whoever stays is given a new key at once.</summary>
    public bool Remove(in SessionId session, ulong now)
    {
        if (!IsOwner || !_people.ContainsKey(session) || _chain!.WasRemoved(session) || !State(Statement.Remove(_chain, session, _ownerKey)))
            return false;
        IntroduceAgain(now);
        return true;
    }

    /// <summary>Gives the room to somebody who is in; false if it is not one's own, or that person is not in.</summary>
    public bool HandOver(in SessionId session) =>
        IsOwner && _people.TryGetValue(session, out var person) && person.IsIntroduced && person.Presence != Presence.Left && !_chain!.WasRemoved(session)
        && State(Statement.HandOver(_chain, session, person.OwnerKey, _ownerKey));

    /// <summary>Ends the room for all, if it is one's own; else leaves it.</summary>
    public void Leave()
    {
        if (IsOwner && !_chain!.IsClosed)
            _ = State(Statement.Next(_chain, StatementKind.Close, _ownerKey));
        _requests.Enqueue(RoomRequest.Leave());
    }

    /// <summary>A file of this session: seals its pieces. The file is said by <see cref="Say"/> when the pieces are at the relay.</summary>
    /// <exception cref="ArgumentException">The file is empty or too long, or its name or type can't be sent.</exception>
    public (RoomContent Content, IReadOnlyList<ReadOnlyMemory<byte>> Pieces) SealFile(string name, string type, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 || bytes.Length > RoomFile.MaxSize)
            throw new ArgumentException("A file has 1 byte to 16 MiB.", nameof(bytes));
        var key = new byte[Aes256Gcm.KeySize];
        _random.Fill(key);
        var ids = new List<PieceId>();
        var sealedPieces = new List<ReadOnlyMemory<byte>>();
        Span<byte> id = stackalloc byte[PieceId.Size];
        for (var at = 0; at < bytes.Length; at += RoomFile.PieceSize)
        {
            var part = bytes.Slice(at, Math.Min(RoomFile.PieceSize, bytes.Length - at));
            using var piece = new SecretBuffer(RoomFile.PaddedSize(part.Length));
            part.CopyTo(piece.Bytes);
            _random.Fill(id);
            _ = PieceId.TryRead(id, out var pieceId);
            var ciphertext = new byte[piece.Length + Aes256Gcm.TagSize];
            RoomSealing.SealPiece(ciphertext, piece.Bytes, Address, pieceId, (ulong)ids.Count, key);
            ids.Add(pieceId);
            sealedPieces.Add(ciphertext);
        }
        return (RoomContent.OfFile(new RoomFile(name, type, bytes.Length, key, ids)), sealedPieces);
    }

    // part of the own chain before anybody hears of it: the next one follows it, and no number is ever signed twice
    private bool State(Statement statement)
    {
        if (!_isIn || _chain!.TryAdd(statement) != StatementError.None)
            return false;
        Follow(statement);
        _requests.Enqueue(RoomRequest.State(statement));
        return true;
    }

    /// <summary>The join message to all.</summary>
    private void Announce()
    {
        var name = Encoding.UTF8.GetBytes(Name);
        using var plaintext = new SecretBuffer(X25519PublicKey.Size + Ed25519PublicKey.Size + 1 + name.Length);
        var writer = new WireWriter(plaintext.Bytes);
        writer.WriteFixed(_agreement.PublicKey.Bytes);
        writer.WriteFixed(_ownerKey.PublicKey.Bytes);
        writer.WriteBytes8(name);
        _requests.Enqueue(RoomRequest.Say(default, isPassing: false, RoomSealing.SealJoin(_keys, _session, plaintext.Bytes, _random).Span));
    }

    private void Introduce(RoomPerson person, bool wantsAnswer, ulong now)
    {
        foreach (var owed in Owe(person.Session))
        {
            var isLast = owed.Key.Id == _sender.Id;
            using var introduction = new Introduction { WantsAnswer = wantsAnswer && isLast, OwnerKey = _ownerKey.PublicKey, StatementNumber = _chain!.Head.Number, StatementHash = _chain.Head.Hash, Key = owed.Key.Copy(), Name = Name };
            using var body = new SecretBuffer(Introduction.MaxSize);
            SendPrivate(person, IntroductionKind, body.Bytes[..introduction.Write(body.Bytes)], now);
            (owed.IsGiven, owed.GivenAt) = (true, _said);
        }
    }

    private void SendPrivate(RoomPerson person, byte kind, ReadOnlySpan<byte> body, ulong now)
    {
        using var plaintext = new SecretBuffer(MaxPrivateSize);
        var writer = new WireWriter(plaintext.Bytes);
        writer.WriteByte(kind);
        writer.WriteUInt64(NextNumber(now));
        writer.WriteBytes16(body);
        var frame = RoomSealing.SealPrivate(_keys, _session, _agreement, person.Session, person.Agreement, plaintext.Bytes[..writer.Length], _random);
        if (!frame.IsEmpty)
            _requests.Enqueue(RoomRequest.Say(person.Session, isPassing: false, frame.Span));
    }

    private ulong NextNumber(ulong now) => _lastOwnNumber = Math.Max(checked(_lastOwnNumber + 1), now);
}
