using Secrets.Protocol.Rooms;
using Secrets.Transport.Rooms;

namespace Secrets.Client.Rooms;

/// <content>What the machine heard becomes lines and events.</content>
internal sealed partial class Room
{
    private void Take(RoomHeard heard)
    {
        switch (heard.Kind)
        {
            case RoomHeardKind.Message:
                TakeMessage(heard);
                return;
            case RoomHeardKind.Sent:
                if (_byId.TryGetValue(Convert.ToHexStringLower(heard.Message.Bytes), out var sent))
                {
                    sent.Sent = true;
                    Tell(RoomEventKind.MessageChanged, sent);
                }
                return;
            case RoomHeardKind.Typing:
                if (_isAnnounced)
                    _events.Publish(new RoomEvent { Kind = RoomEventKind.Typing, Id = Id, Session = Hex(heard.Session), On = heard.IsOn });
                return;
            case RoomHeardKind.Call:
                TakeSignal(heard);
                return;
            default:
                CareForCall(heard);
                TakeNotice(heard);
                return;
        }
    }

    private void TakeMessage(RoomHeard heard)
    {
        var content = heard.Content!;
        if (content.Kind == ContentKind.Reaction)
        {
            if (!_byId.TryGetValue(Convert.ToHexStringLower(content.To.Bytes), out var reacted))
                return;
            _ = reacted.Reactions.Remove(Hex(heard.Session));
            if (content.Text.Length > 0)
                reacted.Reactions.Add(Hex(heard.Session), content.Text);
            Tell(RoomEventKind.MessageChanged, reacted);
            return;
        }
        var isOwn = heard.Session == Machine.Me;
        var id = Convert.ToHexStringLower(heard.Message.Bytes);
        // seen before this session came back, with a state from a moment earlier
        if (_byId.ContainsKey(id))
            return;
        AddLine(new RoomLine
        {
            Id = id,
            Position = ++_position,
            Time = TimeOf(content.Time),
            From = Hex(heard.Session),
            Name = heard.Name,
            Own = isOwn,
            Text = content.Text,
            ReplyTo = content.Kind == ContentKind.Reply ? Convert.ToHexStringLower(content.To.Bytes) : null,
            File = content.File,
            Shown = content.File is null ? null : new RoomFileView { Name = content.File.Name, Type = content.File.Type, Size = content.File.Size },
            Sent = !isOwn,
        });
    }

    private void TakeNotice(RoomHeard heard)
    {
        if (heard.Kind == RoomHeardKind.OwnerAway)
            _ownerDeadline = _options.Time.GetUtcNow() + heard.Left;
        else if (heard.Kind is RoomHeardKind.OwnerBack or RoomHeardKind.OwnerChanged)
            _ownerDeadline = null;
        else if (heard.Kind == RoomHeardKind.Ended)
            _ending = Of(heard.End);
        if (Of(heard.Kind) is var notice && notice != RoomNotice.None)
        {
            AddLine(new RoomLine
            {
                Id = $"notice-{++_position}",
                Position = _position,
                Time = _options.Time.GetUtcNow(),
                Notice = notice,
                From = Hex(heard.Session),
                Name = heard.Kind == RoomHeardKind.Renamed ? Machine.People.FirstOrDefault(person => person.Session == heard.Session)?.Name ?? "" : heard.Name,
                Text = heard.Kind == RoomHeardKind.Renamed ? heard.Name : "",
                Count = (long)heard.Count,
                Sent = true,
            });
        }
        Tell(RoomEventKind.RoomChanged);
    }

    /// <summary>The texts that this session said before it came back, and the relay has not: said anew, as nobody heard them.</summary>
    private void SayAgain()
    {
        foreach (var line in _lines.Where(static line => line is { Own: true, Sent: false, Notice: RoomNotice.None, Shown: null }).ToList())
        {
            _ = _lines.Remove(line);
            _ = _byId.Remove(line.Id);
            _ = Machine.Say(line.ReplyTo is not null && _byId.ContainsKey(line.ReplyTo) ? RoomContent.OfReply(FindMessage(line.ReplyTo), line.Text) : RoomContent.OfText(line.Text), Now);
            Drain();
        }
    }

    private void AddLine(RoomLine line)
    {
        _lines.Add(line);
        _byId[line.Id] = line;
        if (_lines.Count > MaxLines)
        {
            _ = _byId.Remove(_lines[0].Id);
            _lines.RemoveAt(0);
        }
        Tell(RoomEventKind.MessageAdded, line);
    }

    private DateTimeOffset TimeOf(ulong milliseconds)
    {
        // a clock that is far off says nothing
        const ulong Latest = 253_402_300_799_999;
        return milliseconds <= Latest ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : _options.Time.GetUtcNow();
    }

    private static RoomEnding Of(RoomEnd end) => end switch
    {
        RoomEnd.None => RoomEnding.None,
        RoomEnd.Closed => RoomEnding.Closed,
        RoomEnd.OwnerLeft => RoomEnding.OwnerLeft,
        RoomEnd.OwnerLost => RoomEnding.OwnerLost,
        RoomEnd.Idle => RoomEnding.Idle,
        RoomEnd.Removed => RoomEnding.Removed,
        RoomEnd.Elsewhere => RoomEnding.Elsewhere,
        RoomEnd.Behind => RoomEnding.Lost,
    };

    // who is away, and may be back in a moment, is seen among the people; no line is made of it
    private static RoomNotice Of(RoomHeardKind kind) => kind switch
    {
        RoomHeardKind.Joined => RoomNotice.Joined,
        RoomHeardKind.Left => RoomNotice.Left,
        RoomHeardKind.Removed => RoomNotice.Removed,
        RoomHeardKind.Renamed => RoomNotice.Renamed,
        RoomHeardKind.Gap => RoomNotice.Gap,
        RoomHeardKind.Withheld => RoomNotice.Withheld,
        RoomHeardKind.Divided => RoomNotice.Divided,
        RoomHeardKind.Locked => RoomNotice.Locked,
        RoomHeardKind.Unlocked => RoomNotice.Unlocked,
        RoomHeardKind.OwnerChanged => RoomNotice.OwnerChanged,
        RoomHeardKind.Ended => RoomNotice.Ended,
        RoomHeardKind.Away or RoomHeardKind.Back or RoomHeardKind.Missed or RoomHeardKind.OwnerAway or RoomHeardKind.OwnerBack => RoomNotice.None,
        RoomHeardKind.Message or RoomHeardKind.Sent or RoomHeardKind.Typing or RoomHeardKind.Call => RoomNotice.None,
    };
}
