using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Secrets.Client;
using Secrets.Client.Rooms;
using Secrets.Console.Cli;
using Secrets.Protocol.Chats;

namespace Secrets.Console.Rooms;

/// <summary>A room in plain lines: what is typed is said, what happens is shown; through pipes too.</summary>
internal sealed class RoomTalk
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OwnerTime = TimeSpan.FromSeconds(55);

    private readonly Workplace _workplace;
    private readonly RoomClient _rooms;
    private readonly RoomView _room;
    private readonly IAsyncEnumerable<RoomEvent> _events;
    private readonly RoomRegister _register;
    private bool _isOwnerMissed;

    public RoomTalk(Workplace workplace, RoomClient rooms, RoomView room, IAsyncEnumerable<RoomEvent> events, RoomRegister register)
    {
        _workplace = workplace;
        _rooms = rooms;
        _room = room;
        _events = events;
        _register = register;
    }

    private Output Output => _workplace.Output;

    private Terminal Terminal => _workplace.Terminal;

    /// <summary>Until this person leaves, or the room ends.</summary>
    public async Task RunAsync(bool isNew, CancellationToken cancellationToken)
    {
        Introduce(isNew);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = ShowAsync(ending.Token);
        var talking = TalkAsync(ending.Token);
        var looking = LookAsync(ending.Token);
        var first = await Task.WhenAny(showing, talking, looking).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(showing, talking, looking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var ended = _rooms.Show(_room.Id).Ending;
        if (ended == RoomEnding.None)
            await _rooms.LeaveAsync(_room.Id).ConfigureAwait(false);
        Output.Object(writer =>
        {
            writer.WriteString("type", "room_ended");
            writer.WriteString("ending", Snake((ended == RoomEnding.None ? RoomEnding.Left : ended).ToString()));
        });
        Output.Say(RoomSentences.Of(ended == RoomEnding.None ? RoomEnding.Left : ended));
        if (first.IsFaulted)
            await first.ConfigureAwait(false);
    }

    private void Introduce(bool isNew)
    {
        Output.Object(writer =>
        {
            writer.WriteString("type", "room");
            writer.WriteString("label", _room.Label);
            writer.WriteString("name", _room.Name);
            writer.WriteString("code", _room.Code);
            writer.WriteString("link", _room.Link);
            writer.WriteBoolean("owner", _room.IsOwner);
        });
        if (isNew)
            ShowCode();
        Output.Say($"You are {Output.Name(_room.Name)}. Write a line to say it; /help shows the commands.");
    }

    private void ShowCode()
    {
        Output.Say($"  Code  {Terminal.Bold(_room.Code)}");
        Output.Say($"  Link  {_room.Link}");
        Output.Say(Terminal.Dim("Who has one of them can enter. Nothing of the room is kept anywhere; it ends with its owner."));
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        try
        {
            // what is there already, as everything was told before
            var shown = 0L;
            foreach (var line in _rooms.Messages(_room.Id))
            {
                Show(line);
                shown = line.Position;
            }
            await foreach (var happened in _events.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (happened is { Kind: RoomEventKind.MessageAdded, Message: { } line } && line.Position > shown)
                    Show(line);
                if (happened is { Kind: RoomEventKind.MessageChanged, Message: { } changed })
                    ShowChange(changed);
                if (happened is { Kind: RoomEventKind.RoomChanged, Room.Stage: RoomStage.Ended })
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // leaving
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        while (_register.MayStay && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(LookPeriod, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            LookForOwner();
        }
    }

    // an owner who is back in a moment is not worth a word
    private void LookForOwner()
    {
        var view = _rooms.Show(_room.Id);
        var left = view is { Stage: RoomStage.OwnerAway, Deadline: { } deadline } ? deadline - TimeProvider.System.GetUtcNow() : (TimeSpan?)null;
        var isMissed = left <= OwnerTime;
        if (isMissed == _isOwnerMissed || view.Stage is RoomStage.Connecting or RoomStage.Ended)
            return;
        _isOwnerMissed = isMissed;
        Output.Object(writer => writer.WriteString("type", isMissed ? "room_owner_away" : "room_owner_back"));
        Output.Say("-- " + (isMissed ? RoomSentences.OwnerAway(left ?? default) : RoomSentences.OwnerBack));
    }

    private async Task TalkAsync(CancellationToken cancellationToken)
    {
        var lines = Channel.CreateBounded<string>(1);
        // reading a line can't be stopped: the thread ends with the program
        var reading = new Thread(() => Read(lines.Writer)) { IsBackground = true, Name = "lines" };
        reading.Start();
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    if (!await TakeAsync(line.Trim('\r', '\n'), cancellationToken).ConfigureAwait(false))
                        return;
                }
                catch (ClientException refusal)
                {
                    await Terminal.Error.WriteLineAsync(Sentences.Of(refusal.Code)).ConfigureAwait(false);
                }
                catch (RefusedException refusal)
                {
                    await Terminal.Error.WriteLineAsync(refusal.Message).ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    await Terminal.Error.WriteLineAsync("That file can't be used.").ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // leaving
        }
    }

    private void Read(ChannelWriter<string> lines)
    {
        try
        {
            while (Terminal.ReadNext() is { } line)
            {
                // the reader of the channel takes one line at a time
                while (!lines.TryWrite(line))
                    Thread.Sleep(1);
            }
        }
        catch (Exception failure) when (failure is IOException or RefusedException)
        {
            // as good as the end
        }
        _ = lines.TryComplete();
    }

    /// <summary>Says a line, or does what it commands; false to leave.</summary>
    private async Task<bool> TakeAsync(string line, CancellationToken cancellationToken)
    {
        if (line.Length == 0)
            return true;
        if (line[0] != '/' || line.StartsWith("//", StringComparison.Ordinal))
        {
            _ = _rooms.Send(_room.Id, line[0] == '/' ? line[1..] : line, null);
            return true;
        }
        var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        var rest = line.Length > words[0].Length ? line[(words[0].Length + 1)..].Trim() : "";
        switch (words[0])
        {
            case "/leave" or "/quit":
                return false;
            case "/reply" when words.Length == 3 && Find(words[1]) is { } answered:
                _ = _rooms.Send(_room.Id, words[2], answered.Id);
                return true;
            case "/react" when words.Length >= 2 && Find(words[1]) is { } reacted:
                _rooms.React(_room.Id, reacted.Id, words.Length == 3 ? words[2] : "");
                return true;
            case "/save" when words.Length == 3 && Find(words[1]) is { File: not null } kept:
                await SaveAsync(kept, words[2], cancellationToken).ConfigureAwait(false);
                return true;
            case "/file" when rest.Length > 0:
                _ = await _rooms.SendFileAsync(_room.Id, Path.GetFileName(rest), "", await File.ReadAllBytesAsync(rest, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                return true;
            case "/export" when rest.Length > 0:
                await File.WriteAllTextAsync(rest, Written(), cancellationToken).ConfigureAwait(false);
                return true;
            default:
                Do(words[0], rest);
                return true;
        }
    }

    private void Do(string command, string rest)
    {
        switch (command)
        {
            case "/who":
                foreach (var (number, member) in _rooms.Show(_room.Id).Members.Index())
                    Output.Say($"  #{(number + 1).ToString(CultureInfo.InvariantCulture)}  {Output.Name(member.Name)}{(member.Own ? " (you)" : "")}{(member.Owner ? ", owner" : "")}{(member.Away ? ", away" : "")}");
                break;
            case "/words":
                Output.Say("  " + string.Join(' ', _rooms.Show(_room.Id).SafetyWords));
                break;
            case "/code":
                ShowCode();
                break;
            case "/name" when rest.Length > 0:
                _rooms.Rename(_room.Id, rest);
                break;
            case "/lock" or "/unlock":
                _rooms.Lock(_room.Id, command == "/lock");
                break;
            case "/remove" when rest.Length > 0:
                _rooms.Remove(_room.Id, Person(rest));
                break;
            case "/give" when rest.Length > 0:
                _rooms.HandOver(_room.Id, Person(rest));
                break;
            default:
                Terminal.Error.WriteLine(RoomSentences.Help);
                break;
        }
    }

    // two people may have one name, and whoever is to be removed may take another's: the numbers of /who are nobody's to choose
    private string Person(string name)
    {
        var members = _rooms.Show(_room.Id).Members;
        if (name[0] == '#' && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number >= 1 && number <= members.Count && !members[number - 1].Own ? members[number - 1].Session : throw new ClientException(ClientError.UnknownPerson);
        var found = members.Where(member => !member.Own && (member.Name == name || Output.Name(member.Name) == name)).ToList();
        return found.Count switch
        {
            0 => throw new ClientException(ClientError.UnknownPerson),
            1 => found[0].Session,
            _ => throw new RefusedException("Several people have this name: /who numbers them, and a number does in place of the name, as in #2."),
        };
    }

    private RoomMessageView? Find(string number) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? _rooms.Messages(_room.Id).FirstOrDefault(line => line.Position == position && line.Notice == RoomNotice.None) ?? throw new ClientException(ClientError.UnknownMessage)
            : throw new ClientException(ClientError.UnknownMessage);

    private async Task SaveAsync(RoomMessageView line, string path, CancellationToken cancellationToken)
    {
        var (file, bytes) = await _rooms.GetFileAsync(_room.Id, line.Id, cancellationToken).ConfigureAwait(false);
        var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using (target.ConfigureAwait(false))
            await target.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        Output.Say($"  Saved: {Output.Name(file.Name)}, {file.Size.ToString(CultureInfo.InvariantCulture)} bytes");
    }

    private string Written()
    {
        var text = new StringBuilder();
        foreach (var line in _rooms.Messages(_room.Id))
            _ = text.Append(line.Time.ToString("yyyy-MM-dd HH:mm ", CultureInfo.InvariantCulture)).Append(Text(line)).Append('\n');
        return text.ToString();
    }

    private static string Text(RoomMessageView line)
    {
        if (line.Notice != RoomNotice.None)
            return "-- " + RoomSentences.Of(line);
        var said = line.File is { } file ? $"[file {Output.Name(file.Name)}, {file.Size.ToString(CultureInfo.InvariantCulture)} bytes]" : Output.Text(line.Text);
        return $"{Output.Name(line.Name)}: {said}";
    }

    private void Show(RoomMessageView line)
    {
        Output.Object(writer =>
        {
            writer.WriteString("type", line.Notice == RoomNotice.None ? "room_message" : "room_notice");
            writer.WriteNumber("number", line.Position);
            if (line.Notice != RoomNotice.None)
                writer.WriteString("notice", Snake(line.Notice.ToString()));
            writer.WriteString("name", line.Name);
            writer.WriteBoolean("own", line.Own);
            writer.WriteString("time", line.Time);
            writer.WriteString("text", line.Text);
            writer.WriteString("reply_to", line.ReplyTo);
            if (line.File is { } file)
            {
                writer.WriteString("file", file.Name);
                writer.WriteNumber("size", file.Size);
            }
        });
        if (Output.IsJson)
            return;
        var number = line.Notice == RoomNotice.None ? $"[{line.Position.ToString(CultureInfo.InvariantCulture)}] " : "";
        var answered = line.ReplyTo is null ? null : _rooms.Messages(_room.Id).FirstOrDefault(other => other.Id == line.ReplyTo);
        Output.Say((line.Notice == RoomNotice.None ? Terminal.Dim(number) : "") + (answered is null ? "" : $"(to {answered.Position.ToString(CultureInfo.InvariantCulture)}) ") + Text(line));
    }

    private void ShowChange(RoomMessageView line)
    {
        Output.Object(writer =>
        {
            writer.WriteString("type", "room_reactions");
            writer.WriteNumber("number", line.Position);
            writer.WriteBoolean("sent", line.Sent);
            writer.WriteStartArray("signs");
            foreach (var reaction in line.Reactions)
                writer.WriteStringValue(reaction.Sign);
            writer.WriteEndArray();
        });
        if (line.Reactions.Count > 0)
            Output.Say(Terminal.Dim($"-- [{line.Position.ToString(CultureInfo.InvariantCulture)}] {DisplayText.Neutralise(string.Join(' ', line.Reactions.Select(static reaction => reaction.Sign)), DisplayUse.Name)}"));
    }

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
