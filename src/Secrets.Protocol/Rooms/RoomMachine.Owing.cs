using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <content>Who counts on which own sender key: what is said before an introduction arrives must open once it does.</content>
public sealed partial class RoomMachine
{
    private const int MaxOwed = RoomPerson.MaxKeys / 2;
    private const ulong ReturnTime = 60_000;

    private readonly Dictionary<SessionId, List<OwedKey>> _owed = [];
    private ulong _said;
    private ulong _returnUntil;
    private bool _awaitsReturn;

    /// <summary>A new sender key, owed from its first message on to these sessions.</summary>
    private void RenewSender(IEnumerable<SessionId> sessions)
    {
        _sender.Dispose();
        _sender = SenderKey.Generate(_random);
        foreach (var session in sessions)
            _ = Owe(session);
    }

    /// <summary>The keys that somebody is given now, the present one last; from here on that is owed as it is.</summary>
    private List<OwedKey> Owe(in SessionId session)
    {
        if (!_owed.TryGetValue(session, out var owed))
            _owed[session] = owed = [];
        if (owed.Count > 0 && owed[^1].Key.Id == _sender.Id)
            return owed;
        if (owed.Count == MaxOwed)
        {
            owed[0].Dispose();
            owed.RemoveAt(0);
        }
        owed.Add(new OwedKey(_sender.Copy()));
        return owed;
    }

    /// <summary>Who counts on what is said after an entry: those inside, and after a relay's restart those who may come back.</summary>
    private HashSet<SessionId> Counting(RoomAnswer answer)
    {
        var sessions = answer.Members.Select(static member => member.Session).ToHashSet();
        if (_instance != answer.Instance)
            sessions.UnionWith(People.Select(static person => person.Session));
        if (_instance != answer.Instance || _awaitsReturn)
            sessions.UnionWith(_owed.Keys);
        _ = sessions.RemoveWhere(session => session == Me || _chain!.WasRemoved(session));
        return sessions;
    }

    /// <summary>On a new connection: what was sent on the last one may not have come to the relay.</summary>
    private void OweAnew(HashSet<SessionId> counting)
    {
        foreach (var session in _owed.Keys.Where(session => !counting.Contains(session)).ToList())
            Forgive(session);
        foreach (var key in _owed.Values.SelectMany(static owed => owed))
            key.IsGiven = false;
    }

    /// <summary>Somebody is out: gets no key any more.</summary>
    private void Forgive(in SessionId session)
    {
        if (!_owed.Remove(session, out var owed))
            return;
        foreach (var key in owed)
            key.Dispose();
    }

    /// <summary>An own message came back: what was sent before it is taken, and needs not be kept.</summary>
    private void Settle(ulong said)
    {
        foreach (var (session, owed) in _owed)
        {
            foreach (var key in owed.Where(key => key.IsGiven && key.GivenAt < said))
                key.Dispose();
            _ = owed.RemoveAll(key => key.IsGiven && key.GivenAt < said);
            if (owed.Count == 0)
                _ = _owed.Remove(session);
        }
    }

    /// <summary>Somebody who was in is not in the room that was made anew, or not yet.</summary>
    private void Miss(RoomPerson person)
    {
        (person.Presence, person.IsMissed) = (Presence.Away, true);
        if (person.IsIntroduced && !_chain!.WasRemoved(person.Session))
            _heard.Enqueue(new RoomHeard { Kind = RoomHeardKind.Missed, Session = person.Session, Name = person.Name });
    }

    /// <summary>Who is not back in time after a relay's restart has left.</summary>
    private void CheckReturned(ulong now)
    {
        if (!_awaitsReturn)
            return;
        if (_returnUntil == 0)
            _returnUntil = now > ulong.MaxValue - ReturnTime ? ulong.MaxValue : now + ReturnTime;
        if (now < _returnUntil)
            return;
        _awaitsReturn = false;
        foreach (var person in _people.Values.Where(static person => person.IsMissed))
            SetPresence(person, Presence.Left, TimeSpan.Zero);
        foreach (var person in _people.Values.Where(static person => person.Presence == Presence.Left))
            Forgive(person.Session);
    }
}
