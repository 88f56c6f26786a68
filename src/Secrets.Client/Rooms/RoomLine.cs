using Secrets.Protocol.Rooms;

namespace Secrets.Client.Rooms;

/// <summary>A line of a room while it is kept in memory.</summary>
internal sealed class RoomLine
{
    public required string Id { get; init; }

    public required long Position { get; init; }

    public required DateTimeOffset Time { get; init; }

    public RoomNotice Notice { get; init; }

    public string From { get; init; } = "";

    public string Name { get; init; } = "";

    public bool Own { get; init; }

    public string Text { get; init; } = "";

    public string? ReplyTo { get; init; }

    public long Count { get; init; }

    public RoomFile? File { get; init; }

    /// <summary>What is to be seen of the file; there without the file where the relay has forgotten it.</summary>
    public RoomFileView? Shown { get; init; }

    public bool Sent { get; set; }

    /// <summary>Signs by session, in the order in which they came.</summary>
    public OrderedDictionary<string, string> Reactions { get; } = new(StringComparer.Ordinal);

    /// <summary>A line as it was seen before, with its file if that can be fetched still.</summary>
    public static RoomLine Of(RoomMessageView seen, RoomFile? file)
    {
        var line = new RoomLine
        {
            Id = seen.Id,
            Notice = seen.Notice,
            From = seen.From,
            Name = seen.Name,
            Own = seen.Own,
            Time = seen.Time,
            Text = seen.Text,
            ReplyTo = seen.ReplyTo,
            Shown = seen.File,
            File = seen.File is null ? null : file,
            Sent = seen.Sent,
            Count = seen.Count,
            Position = seen.Position,
        };
        foreach (var reaction in seen.Reactions)
            line.Reactions[reaction.Session] = reaction.Sign;
        return line;
    }

    public RoomMessageView View(string room) => new()
    {
        Id = Id,
        Room = room,
        Notice = Notice,
        From = From,
        Name = Name,
        Own = Own,
        Time = Time,
        Text = Text,
        ReplyTo = ReplyTo,
        Reactions = [.. Reactions.Select(static pair => new RoomReactionView { Session = pair.Key, Sign = pair.Value })],
        File = Shown,
        Sent = Sent,
        Count = Count,
        Position = Position,
    };
}
