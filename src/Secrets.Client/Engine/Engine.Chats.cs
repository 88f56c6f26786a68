using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <content>Chats as they are loaded, shown, renamed, verified and left.</content>
internal sealed partial class Engine
{
    public Chat Require(ChatId id) => _chats.GetValueOrDefault(id) is { IsDeleted: false } chat ? chat : throw new ClientException(ClientError.UnknownChat);

    public IReadOnlyList<ChatView> ChatViews() => [.. ShownChats.Select(ViewOf).OrderByDescending(c => c.LastActivity)];

    private IEnumerable<Chat> ShownChats => _chats.Values.Where(c => !c.IsDeleted);

    /// <summary>The one chat with this name, or whose name begins so, upper and lower case alike.</summary>
    public Chat FindByName(string name)
    {
        if (ChatId.TryParse(name, out var id) && _chats.TryGetValue(id, out var byId) && !byId.IsDeleted)
            return byId;
        var exact = ShownChats.Where(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase)).ToArray();
        var found = exact.Length > 0 ? exact : [.. ShownChats.Where(c => c.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ClientException(ClientError.UnknownChat),
            _ => throw new ClientException(ClientError.AmbiguousChat),
        };
    }

    public IdentityView IdentityView() => new()
    {
        Name = OwnName,
        Created = Store.Facts.TryGet(Schema.Self, Schema.Created, out var created) ? created.AsTime() : default,
        Chats = ShownChats.Count(),
        Waiting = CountWaiting(),
    };

    public async ValueTask RenameIdentityAsync(string name)
    {
        RequireWritable();
        RequireName(name);
        using var transaction = Store.Begin();
        transaction.Assert(Schema.Self, Schema.Name, FactValue.Text(name));
        await CommitAsync(transaction, null).ConfigureAwait(false);
        Raise(ClientEventKind.IdentityChanged);
    }

    public async ValueTask RenameChatAsync(Chat chat, string name)
    {
        RequireWritable();
        RequireName(name);
        using var transaction = Store.Begin();
        chat.Name = name;
        chat.IsNamed = true;
        transaction.Assert(chat.Entity, Schema.Name, FactValue.Text(name));
        transaction.Assert(chat.Entity, Schema.IsNamed, FactValue.Boolean(true));
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.ChatChanged, chat);
    }

    public async ValueTask MuteChatAsync(Chat chat, bool muted)
    {
        RequireWritable();
        if (chat.IsMuted == muted)
            return;
        using var transaction = Store.Begin();
        chat.IsMuted = muted;
        transaction.Assert(chat.Entity, Schema.Muted, FactValue.Boolean(muted));
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.ChatChanged, chat);
    }

    /// <summary>The person compared the number; what they typed of it must be it.</summary>
    public async ValueTask VerifyAsync(Chat chat, string? typed)
    {
        RequireWritable();
        RequireOpen(chat);
        if (SafetyNumberOf(chat) is not { } number)
            throw new ClientException(ClientError.NobodyThere);
        if (typed is not null && Digits(typed) != Digits(number))
            throw new ClientException(ClientError.NumberDiffers);
        if (chat.Verification != Verification.Verified)
            await SetVerificationAsync(chat, Verification.Verified).ConfigureAwait(false);
    }

    /// <summary>Says goodbye if anybody is there, and stops reading and writing; what was said stays here.</summary>
    public async ValueTask LeaveAsync(Chat chat)
    {
        RequireWritable();
        if (chat.Ending == ChatStage.Left)
            throw new ClientException(ClientError.ChatWasLeft);
        await EndCallInAsync(chat).ConfigureAwait(false);
        using var transaction = Store.Begin();
        Leave(transaction, chat);
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.ChatChanged, chat);
        Pump();
    }

    private void Leave(StoreTransaction transaction, Chat chat)
    {
        if (chat.Ending is null && chat.Current is { IsConfirmed: true, TheyLeft: false } session)
        {
            WriteControl(transaction, session, new LeaveMessage(LeaveReason.Left));
            SessionSlot.Put(transaction, session);
        }
        if (chat.Link is { IsUsed: false } link)
        {
            AddMeetingDeletes(chat, link);
            link.Use();
        }
        foreach (var standing in chat.Standing)
            standing.Use();
        if (chat.Ending == ChatStage.Stopped)
        {
            // another copy writes where these would go
            foreach (var stopped in chat.Sessions)
            {
                DropBoxes(transaction, stopped, [.. stopped.Boxes]);
                SessionSlot.Put(transaction, stopped);
            }
        }
        chat.Ending = ChatStage.Left;
        transaction.Assert(chat.Entity, Schema.Ending, FactValue.Number((long)ChatStage.Left));
        if (chat.Device is not null)
            ChatSlot.Put(transaction, chat);
    }

    /// <summary>Takes a newly joined chat away again if every relay in reach says that its secret is no longer good, and says so.</summary>
    public async ValueTask ForgetIfGoneAsync(ChatId id)
    {
        if (!_chats.TryGetValue(id, out var chat) || chat.Tries is not [var entered])
            return;
        var isGone = entered.Stage == TryStage.Failed;
        if (entered.Stage == TryStage.Searching)
        {
            var asked = _relays.Values.Where(r => r.IsUp && OfferTargets(chat, r).Any()).ToArray();
            isGone = asked.Length > 0 && asked.All(r => entered.SaidNone.Contains(r.Id));
        }
        if (!isGone)
            return;
        await ForgetAsync(chat, entered).ConfigureAwait(false);
        throw new ClientException(ClientError.SecretNoLongerGood);
    }

    /// <summary>Takes a chat away that never came to be: its secret was no longer good.</summary>
    public async ValueTask ForgetAsync(Chat chat, SecretTry entered)
    {
        using var transaction = Store.Begin();
        transaction.Retract(Schema.Self, Schema.UsedSecret, FactValue.Bytes(entered.Secret.Id.Bytes));
        RetractLines(transaction, chat);
        await EraseAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.ChatRemoved, chat);
    }

    public async ValueTask MarkReadAsync(Chat chat)
    {
        var last = chat.Lines.Count == 0 ? 0 : chat.Lines[^1].Position;
        if (chat.ReadTo >= last || Store.IsReadOnly)
            return;
        using var transaction = Store.Begin();
        chat.ReadTo = last;
        transaction.Assert(chat.Entity, Schema.ReadTo, FactValue.Number(last));
        await CommitAsync(transaction, chat).ConfigureAwait(false);
        Raise(ClientEventKind.ChatChanged, chat);
    }

    public static IReadOnlyList<MessageView> MessageViews(Chat chat, DateTimeOffset? since) =>
        [.. chat.Lines.Where(l => since is null || l.Arrived >= since).Select(l => ViewOf(chat, l))];

    public static IReadOnlyList<MessageView> MessageViews(Chat chat, long? before, int count) => [.. chat.Page(before, count).Select(l => ViewOf(chat, l))];

    public SecretView ViewOf(OwnOffer offer) => new()
    {
        Text = offer.Secret.FormatText(),
        Link = offer.Secret.FormatLink(_options.AppAddress),
        QrContent = offer.Secret.FormatQr(),
        GoodUntil = offer.Offer.NotAfter,
        AtRelay = offer.At.Count > 0,
    };

    public ChatView ViewOf(Chat chat) => new()
    {
        Id = chat.Id,
        Name = chat.Name,
        Participant = chat.GivenName ?? (chat.TheirName is { Length: > 0 } theirs ? theirs : chat.Name),
        TheirName = chat.TheirName,
        Stage = Store.IsRetired && chat.Ending != ChatStage.Left ? ChatStage.Retired : chat.Stage,
        Verification = chat.Verification,
        SecretInSeveralHands = chat.SeveralHands,
        Muted = chat.IsMuted,
        Unread = chat.CountUnread(),
        Created = chat.Created,
        LastActivity = chat.Lines.Count > 0 ? chat.Lines[^1].Arrived : chat.Created,
        LastMessage = chat.Lines.Count > 0 ? ViewOf(chat, chat.Lines[^1]) : null,
        SafetyNumber = SafetyNumberOf(chat),
    };

    public static MessageView ViewOf(Chat chat, Line line) => new()
    {
        Id = line.Id,
        Chat = chat.Id,
        Kind = line.Kind,
        Own = line.Own,
        Time = line.Time,
        Arrived = line.Arrived,
        Text = line.Text,
        Notice = line.Notice,
        State = line.State,
        Position = line.Position,
    };

    // thousands of hashes, so it is made once
    private static string? SafetyNumberOf(Chat chat) =>
        chat.TheirChain is { } theirs ? chat.SafetyNumber ??= SafetyNumber.Compute(chat.OwnChain.First.Hash, theirs.First.Hash, SessionSuite.Current) : null;

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private void LoadChats()
    {
        var lines = ChatFacts.LoadLines(Store);
        foreach (var entity in Store.Facts.Entities(Schema.Chat))
        {
            var chat = ChatFacts.Load(Store, entity, [.. lines[entity]], new FetchBudget());
            if (!Store.IsReadOnly)
                _ = ChatSlot.TryLoad(Store, chat);
            _chats.Add(chat.Id, chat);
            _ = _unfinished.Add(chat.Id);
        }
    }

    /// <summary>Puts a chat back to what the store has of it.</summary>
    private void Reload(Chat chat)
    {
        // not in the list yet, or put back already
        if (!ReferenceEquals(_chats.GetValueOrDefault(chat.Id), chat))
            return;
        var loaded = ChatFacts.Load(Store, chat.Entity, [.. ChatFacts.LoadLines(Store)[chat.Entity]], chat.Fetching);
        _ = ChatSlot.TryLoad(Store, loaded);
        _chats[chat.Id] = loaded;
        NoteChange(loaded);
        _ = _unfinished.Add(loaded.Id);
        chat.Dispose();
        foreach (var relay in _relays.Values)
        {
            RefreshTargets(relay);
            // what the store refused to take was not taken: it is fetched again when there may be room
            foreach (var target in relay.Targets.Values.Where(t => t.Chat == loaded && t.IsNext))
                _ = relay.Later.TryAdd(target.Address, Now + RefusalPause);
        }
    }
}
