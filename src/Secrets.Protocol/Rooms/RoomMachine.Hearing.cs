using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Transport.Encoding;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <content>What the relay sends.</content>
public sealed partial class RoomMachine
{
    private const ulong MaxGap = 10_000;
    private const int JoinSize = 512;
    private const ulong PromiseTime = 30_000;
    private const int MaxAhead = 16;

    /// <summary>Takes one item from the relay.</summary>
    public RoomFrameError Hear(ReadOnlySpan<byte> item, ulong now)
    {
        var error = RoomItem.TryRead(item, out var read);
        if (error != RoomItemError.None)
            return Of(error);
        if (End != RoomEnd.None)
            return RoomFrameError.Stranger;
        if (read.Kind == RoomItemKind.End)
        {
            Finish(read.Reason);
            return RoomFrameError.None;
        }
        if (read.Number <= _lastNumber)
            return RoomFrameError.Replayed;
        _lastNumber = read.Number;
        CheckPromised(now);
        CheckReturned(now);
        return read.Kind switch
        {
            RoomItemKind.Statement => HearStatement(read.Body, now),
            RoomItemKind.Presence => HearPresence(read),
            _ => HearFrame(read, now),
        };
    }

    /// <summary>True while what comes was there before this session's last entry.</summary>
    private bool WasBeforeEntry => _lastNumber <= _numberAtEntry;

    /// <summary>True once all was heard that the relay had when this session entered last: also what it had taken of this session.</summary>
    public bool HasCaughtUp => _isIn && !WasBeforeEntry;

    private static RoomFrameError Of(RoomItemError error) => error switch
    {
        RoomItemError.Truncated => RoomFrameError.Truncated,
        RoomItemError.TooLong => RoomFrameError.TooLong,
        RoomItemError.UnknownKind => RoomFrameError.UnknownKind,
        _ => RoomFrameError.Malformed,
    };

    private void Finish(RoomEnd reason)
    {
        // who fell behind comes back and hears what is still kept
        if (reason == RoomEnd.Behind)
            return;
        End = reason;
        _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Ended, End = reason });
    }

    private RoomFrameError HearFrame(in RoomItem item, ulong now)
    {
        if (item.From == Me)
            return HearOwn(item.Body);
        if (!item.To.IsEverybody && item.To != Me)
            return RoomFrameError.NotForUs;
        if (_chain!.WasRemoved(item.From))
            return RoomFrameError.Stranger;
        return (BodyType)item.Body[0] switch
        {
            BodyType.Join => HearJoin(item, now),
            BodyType.Private => HearPrivate(item, now),
            BodyType.Message => HearMessage(item.From, item.Body),
            BodyType.Sign => HearSign(item.From, item.Body),
            _ => RoomFrameError.UnknownKind,
        };
    }

    // the relay gives everybody a frame to all, so that its sender knows that it is there
    private RoomFrameError HearOwn(ReadOnlySpan<byte> body)
    {
        for (var i = 0; i < _unconfirmed.Count; i++)
        {
            if (!_unconfirmed[i].Body.Span.SequenceEqual(body))
                continue;
            Settle(_unconfirmed[i].Said);
            _unconfirmed.RemoveAt(i);
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Sent, Session = Me, Message = RoomSealing.IdOf(Address, Me, body) });
            return RoomFrameError.None;
        }
        // said before this session came back: only the very same bytes have that id
        if ((BodyType)body[0] == BodyType.Message)
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Sent, Session = Me, Message = RoomSealing.IdOf(Address, Me, body) });
        return RoomFrameError.None;
    }

    private RoomFrameError HearJoin(in RoomItem item, ulong now)
    {
        using var plaintext = new SecretBuffer(JoinSize);
        var error = RoomSealing.OpenJoin(_keys, item.From, item.To, item.Body, plaintext.Bytes);
        if (error != RoomFrameError.None)
            return error;
        var reader = new WireReader(plaintext.Bytes);
        if (!reader.TryReadFixed(X25519PublicKey.Size, out var agreementBytes) || !reader.TryReadFixed(Ed25519PublicKey.Size, out var ownerBytes) || !reader.TryReadBytes8(NameText.MaxSize, out var nameBytes))
            return RoomFrameError.Truncated;
        if (!X25519PublicKey.TryRead(agreementBytes, out var agreement) || !Ed25519PublicKey.TryRead(ownerBytes, out var ownerKey) || NameText.TryRead(nameBytes, allowEmpty: false, out var name) != MessageError.None)
            return RoomFrameError.Malformed;
        if (IsStranger(item.From))
            return RoomFrameError.Stranger;
        var person = _people.GetValueOrDefault(item.From) ?? TryMeet(item.From, agreement, ownerKey, name);
        if (person is null || person.Agreement != agreement || person.OwnerKey != ownerKey)
            return RoomFrameError.Rejected;
        // who was in already hears that this session came, and introduces itself
        if (WasBeforeEntry)
            return RoomFrameError.None;
        ShowHere(person);
        Introduce(person, wantsAnswer: true, now);
        return RoomFrameError.None;
    }

    private RoomPerson? TryMeet(in SessionId session, in X25519PublicKey agreement, in Ed25519PublicKey ownerKey, string name)
    {
        if (_people.Count >= MaxPeople)
            return null;
        var person = new RoomPerson(session, agreement, ownerKey, name) { Presence = WasBeforeEntry && !_inAtEntry.Contains(session) ? Presence.Left : Presence.Here };
        _people.Add(session, person);
        _ = _admitted.Add(session);
        return person;
    }

    /// <summary>True while the room is locked, of who was not seen in it while it was open.</summary>
    private bool IsStranger(in SessionId session) => IsLocked && !_admitted.Contains(session);

    private RoomFrameError HearPrivate(in RoomItem item, ulong now)
    {
        if (item.To != Me)
            return RoomFrameError.NotForUs;
        var error = RoomSealing.OpenPrivate(_keys, _agreement, item.From, item.To, item.Body, out var agreement, out var plaintext);
        if (error != RoomFrameError.None)
            return error;
        var reader = new WireReader(plaintext);
        if (!reader.TryReadByte(out var kind) || !reader.TryReadUInt64(out var number) || !reader.TryReadBytes16(plaintext.Length, out var body))
            return RoomFrameError.Truncated;
        _ = _people.TryGetValue(item.From, out var person);
        if (person is not null && person.Agreement != agreement)
            return RoomFrameError.Rejected;
        if (person is not null && number <= person.LastPrivate)
            return RoomFrameError.Replayed;
        switch (kind)
        {
            case IntroductionKind:
                return HearIntroduction(item.From, person, agreement, number, body, now);
            case CallKind when person is { IsIntroduced: true }:
                person.LastPrivate = number;
                _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Call, Session = item.From, Name = person.Name, Signal = body.ToArray() });
                return RoomFrameError.None;
            default:
                return kind == CallKind ? RoomFrameError.Stranger : RoomFrameError.UnknownKind;
        }
    }

    private RoomFrameError HearIntroduction(in SessionId from, RoomPerson? person, in X25519PublicKey agreement, ulong number, ReadOnlySpan<byte> body, ulong now)
    {
        if (IsStranger(from))
            return RoomFrameError.Stranger;
        var error = Introduction.TryRead(body, out var introduction);
        if (error != RoomFrameError.None)
            return error;
        person ??= TryMeet(from, agreement, introduction!.OwnerKey, introduction.Name);
        if (person is null || person.OwnerKey != introduction!.OwnerKey)
        {
            introduction!.Dispose();
            return RoomFrameError.Rejected;
        }
        person.LastPrivate = number;
        var isNew = !person.IsIntroduced;
        if (person.Find(introduction.Key.Id) is null)
            person.Add(introduction.Key);
        else
            introduction.Dispose();
        if (isNew)
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Joined, Session = from, Name = person.Name });
        Rename(person, introduction.Name);
        ShowHere(person);
        Compare(introduction.StatementNumber, introduction.StatementHash, from, now);
        if (introduction.WantsAnswer)
            Introduce(person, wantsAnswer: false, now);
        for (var left = person.Waiting.Count; left > 0; left--)
            _ = HearMessage(from, person.Waiting.Dequeue().Span);
        return RoomFrameError.None;
    }

    /// <summary>Somebody was shown this statement: it must be ours, or become so.</summary>
    private void Compare(uint number, in Hash256 hash, in SessionId from, ulong now)
    {
        if (number < (uint)_chain!.Count ? _chain.All[(int)number].Hash == hash : _promised.TryAdd(number, (hash, now)) || _promised[number].Hash == hash)
            return;
        _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Divided, Session = from });
    }

    /// <summary>What somebody else was shown, and the relay keeps from us for too long.</summary>
    private void CheckPromised(ulong now)
    {
        foreach (var (number, (_, since)) in _promised)
        {
            if (now <= since || now - since <= PromiseTime)
                continue;
            _ = _promised.Remove(number);
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Divided });
        }
    }

    private RoomFrameError HearMessage(in SessionId from, ReadOnlySpan<byte> body)
    {
        // who has left since may have said it while in
        if (!_people.TryGetValue(from, out var person) || (person.Presence == Presence.Left && !WasBeforeEntry))
            return RoomFrameError.Stranger;
        var error = RoomSealing.TryReadCounted(Address, from, body, out var keyId, out var counter, out var size);
        if (error != RoomFrameError.None)
            return error;
        if (person.Find(keyId) is not { } key)
        {
            // the oldest may wait for a key that never comes
            if (person.Waiting.Count == RoomPerson.MaxWaiting)
                _ = person.Waiting.Dequeue();
            person.Waiting.Enqueue(body.ToArray());
            return RoomFrameError.KeyMissing;
        }
        if (counter < key.Counter)
            return RoomFrameError.Replayed;
        var missing = counter - key.Counter;
        if (missing > MaxGap)
            return RoomFrameError.TooFarAhead;
        // the key goes forward only when the message opened
        using var plaintext = new SecretBuffer(size);
        using var ahead = key.Copy();
        while (ahead.Counter < counter)
            ahead.Advance();
        error = RoomSealing.OpenMessage(Address, from, ahead, body, plaintext.Bytes);
        if (error != RoomFrameError.None)
            return error;
        while (key.Counter <= counter)
            key.Advance();
        if (missing > 0)
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Gap, Session = from, Name = person.Name, Count = missing });
        var id = RoomSealing.IdOf(Address, from, body);
        See(id);
        _lastHeard = id;
        error = RoomContent.TryRead(plaintext.Bytes, out var content);
        if (error != RoomFrameError.None)
            return error;
        CheckSeen(person, content!.After);
        if (content.Kind == ContentKind.Name)
            Rename(person, content.Text);
        else
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Message, Session = from, Message = id, Content = content, Name = person.Name });
        return RoomFrameError.None;
    }

    private void CheckSeen(RoomPerson person, in RoomMessageId after)
    {
        if (after == default)
            return;
        if (_seen.Contains(after))
            person.IsCaughtUp = true;
        else if (person.IsCaughtUp)
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Withheld, Session = person.Session, Name = person.Name });
    }

    private RoomFrameError HearSign(in SessionId from, ReadOnlySpan<byte> body)
    {
        if (!_people.TryGetValue(from, out var person) || person.Presence == Presence.Left)
            return RoomFrameError.Stranger;
        var error = RoomSealing.TryReadCounted(Address, from, body, out var keyId, out var number, out var size);
        if (error != RoomFrameError.None)
            return error;
        if (person.Find(keyId) is not { } key)
            return RoomFrameError.KeyMissing;
        if (number <= person.LastSign)
            return RoomFrameError.Replayed;
        Span<byte> plaintext = stackalloc byte[RoomSealing.SignSize];
        error = RoomSealing.OpenSign(Address, from, key, number, body, plaintext);
        if (error != RoomFrameError.None)
            return error;
        if (plaintext[0] is not (TypingSign or IdleSign))
            return RoomFrameError.UnknownKind;
        person.LastSign = number;
        _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Typing, Session = from, Name = person.Name, IsOn = plaintext[0] == TypingSign });
        return RoomFrameError.None;
    }

    private RoomFrameError HearPresence(in RoomItem item)
    {
        if (item.From == Owner && item.Presence != Presence.Left && item.From != Me)
            _heard.Enqueue(new RoomHeard { Kind = item.Presence == Presence.Away ? RoomHeardKind.OwnerAway : RoomHeardKind.OwnerBack, Session = item.From, Left = item.Left });
        if (_people.TryGetValue(item.From, out var person))
            SetPresence(person, item.Presence, item.Left);
        return RoomFrameError.None;
    }

    /// <summary>A sign of somebody: that one is here, unless it is of before the own entry, whose answer said who is.</summary>
    private void ShowHere(RoomPerson person)
    {
        if (!WasBeforeEntry)
            SetPresence(person, Presence.Here, TimeSpan.Zero);
    }

    private void SetPresence(RoomPerson person, Presence presence, TimeSpan left)
    {
        if (presence == Presence.Left && !_awaitsReturn)
            Forgive(person.Session);
        person.IsMissed = false;
        if (person.Presence == presence)
            return;
        var wasGone = person.Presence == Presence.Left;
        person.Presence = presence;
        if (!person.IsIntroduced || (_chain?.WasRemoved(person.Session) ?? false))
            return;
        var kind = presence switch
        {
            Presence.Away => RoomHeardKind.Away,
            Presence.Left => RoomHeardKind.Left,
            _ => wasGone ? RoomHeardKind.Joined : RoomHeardKind.Back,
        };
        _heard.Enqueue(new RoomHeard { Kind = kind, Session = person.Session, Name = person.Name, Left = left });
    }

    private void Rename(RoomPerson person, string name)
    {
        if (person.Name == name)
            return;
        var former = person.Name;
        person.Name = name;
        _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Renamed, Session = person.Session, Name = former });
    }

    private RoomFrameError HearStatement(ReadOnlySpan<byte> bytes, ulong now)
    {
        if (Statement.TryRead(bytes, out var statement) != StatementError.None)
            return RoomFrameError.WrongStatement;
        // one that we brought ourselves comes back to all
        if (statement!.Number < (uint)_chain!.Count)
        {
            if (_chain.All[(int)statement.Number].Hash != statement.Hash)
                return RoomFrameError.WrongStatement;
            Show((int)statement.Number + 1);
            return RoomFrameError.None;
        }
        if (statement.Number > (uint)_chain.Count)
        {
            Await(statement, now);
            return RoomFrameError.WrongStatement;
        }
        if (!TakeStatement(statement))
            return RoomFrameError.WrongStatement;
        var removes = statement.Kind == StatementKind.Remove;
        while (_ahead.Remove((uint)_chain.Count, out var next) && TakeStatement(next))
            removes |= next.Kind == StatementKind.Remove;
        if (removes && !_chain.WasRemoved(Me))
            IntroduceAgain(now);
        return RoomFrameError.None;
    }

    // a relay that gives them in another order can't lose one; what is missing before it is awaited as if somebody had told of it
    private void Await(Statement statement, ulong now)
    {
        if (_ahead.Count >= MaxAhead || !IsSignedInside(statement) || !_ahead.TryAdd(statement.Number, statement))
            return;
        _ = _promised.TryAdd(statement.Number, (statement.Hash, now));
    }

    /// <summary>True if the owner signed it, or somebody to whom what is missing may hand the room over: a relay can't make one up.</summary>
    private bool IsSignedInside(Statement statement) =>
        statement.Address == Address
        && (statement.IsSignedBy(_chain!.OwnerKey) || statement.IsSignedBy(_ownerKey.PublicKey) || _people.Values.Any(person => statement.IsSignedBy(person.OwnerKey)));

    private bool TakeStatement(Statement statement)
    {
        if (_chain!.TryAdd(statement) != StatementError.None)
            return false;
        Follow(statement);
        Show(_chain.Count);
        return true;
    }

    /// <summary>So many statements the relay has given to all: in its order, whoever it let in before a lock is in.</summary>
    private void Show(int count)
    {
        for (; _shown < count; _shown++)
        {
            var kind = _chain!.All[_shown].Kind;
            if (kind is not (StatementKind.Lock or StatementKind.Unlock))
                continue;
            IsLocked = kind == StatementKind.Lock;
            _heard.Enqueue(new RoomHeard { Kind = IsLocked ? RoomHeardKind.Locked : RoomHeardKind.Unlocked });
        }
    }

    private void Follow(Statement statement)
    {
        if (_promised.Remove(statement.Number, out var promised) && promised.Hash != statement.Hash)
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Divided });
        switch (statement.Kind)
        {
            case StatementKind.HandOver:
                _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.OwnerChanged, Session = statement.Session, Name = NameOf(statement.Session) });
                break;
            case StatementKind.Remove:
                _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Removed, Session = statement.Session, Name = NameOf(statement.Session) });
                Forgive(statement.Session);
                if (_people.TryGetValue(statement.Session, out var person))
                {
                    (person.Presence, person.IsMissed) = (Presence.Left, false);
                    person.Dispose();
                }
                break;
            case StatementKind.Opening:
            case StatementKind.Lock:
            case StatementKind.Unlock:
            case StatementKind.Close:
            default:
                break;
        }
    }

    /// <summary>After a removal: whoever is gone holds no key of what is said from here on.</summary>
    private void IntroduceAgain(ulong now)
    {
        RenewSender(People.Select(static person => person.Session));
        // who is missed is owed the key, and given it on coming back
        foreach (var person in People.Where(static person => !person.IsMissed))
            Introduce(person, wantsAnswer: false, now);
    }
}
