using Secrets.Client;
using Secrets.Client.Events;
using Secrets.Client.Views;

namespace Secrets.Console.Tui;

/// <summary>What an input does to the state, and what the client is asked to do then. No clock, no terminal, no client in here.</summary>
internal static partial class TuiReducer
{
    public static List<TuiEffect> Apply(TuiState state, TuiInput input)
    {
        var effects = new List<TuiEffect>();
        switch (input)
        {
            case TuiInput.Pressed pressed:
                OnKey(state, pressed.Key, effects);
                break;
            case TuiInput.Resized resized:
                (state.Width, state.Height) = (resized.Width, resized.Height);
                Clamp(state);
                break;
            case TuiInput.Spoiled:
                effects.Add(new TuiEffect.Redraw());
                break;
            case TuiInput.Ended:
                effects.Add(new TuiEffect.Quit());
                break;
            case TuiInput.Happened happened:
                OnEvent(state, happened.What, effects);
                break;
            case TuiInput.ChatsLoaded loaded:
                OnChats(state, loaded.Chats, effects);
                break;
            case TuiInput.RelaysLoaded loaded:
                state.Relays.Clear();
                foreach (var relay in loaded.Relays)
                    state.Relays[relay.Address] = relay.Connected;
                break;
            case TuiInput.MessagesLoaded loaded:
                OnMessages(state, loaded, effects);
                break;
            case TuiInput.Entered entered:
                Put(state, entered.Chat);
                state.ListShown = false;
                Choose(state, entered.Chat.Id, effects);
                break;
            case TuiInput.SecretReady ready:
                ShowSecret(state, ready.Chat, ready.Secret, ready.IsUpdate);
                break;
            case TuiInput.Said said:
                Say(state, said.Sentence, bad: false);
                break;
            case TuiInput.Refused refused:
                OnRefused(state, refused, effects);
                break;
        }
        return effects;
    }

    private static void OnEvent(TuiState state, ClientEvent happened, List<TuiEffect> effects)
    {
        if (happened.Relay is { } relay)
            state.Relays[relay.Address] = happened.Kind == ClientEventKind.RelayConnected;
        if (happened.Kind == ClientEventKind.RelayMisbehaved)
            Say(state, "A relay answered wrongly; nothing of it was believed.", bad: true);
        if (happened is { Kind: ClientEventKind.ChatRemoved, Chat: { } removed })
            Remove(state, removed.Id);
        else if (happened.Chat is { } chat)
            Put(state, chat);
        if (state.ChosenId is null && state.Chats.Count > 0)
            Choose(state, state.Chats[0].Id, effects);
        if (happened.Message is { } message)
            OnMessage(state, message, effects);
    }

    private static void OnMessage(TuiState state, MessageView message, List<TuiEffect> effects)
    {
        var room = state.RoomOf(message.Chat);
        if (!room.IsLoaded || !room.Put(message))
            return;
        if (message.Chat != state.ChosenId || !state.IsChatShown)
            return;
        // who reads further up stays there
        if (room.Scroll > 0 && room.Messages[^1].Id == message.Id)
            room.Scroll += ChatLines.Of(state, state.Chosen!, room.Messages.Count - 1, TuiDrawing.ChatWidth(state)).Count;
        if (!message.Own)
            effects.Add(new TuiEffect.MarkRead(message.Chat));
    }

    private static void OnChats(TuiState state, IReadOnlyList<ChatView> chats, List<TuiEffect> effects)
    {
        state.Chats.Clear();
        state.Chats.AddRange(chats);
        state.ChatsLoaded = true;
        if (state.Chosen is null)
        {
            state.ChosenId = null;
            if (state.Chats.Count > 0)
                Choose(state, state.Chats[0].Id, effects);
        }
    }

    private static void OnMessages(TuiState state, TuiInput.MessagesLoaded loaded, List<TuiEffect> effects)
    {
        var room = state.RoomOf(loaded.Chat);
        room.Load(loaded.Messages);
        if (loaded.Chat == state.ChosenId)
            Open(state, effects);
    }

    /// <summary>Makes a chat the chosen one; its messages are asked for when they are needed first.</summary>
    private static void Choose(TuiState state, ChatId chat, List<TuiEffect> effects)
    {
        if (state.ChosenId is { } before && before != chat)
            state.RoomOf(before).UnreadFrom = null;
        state.ChosenId = chat;
        if (state.RoomOf(chat).IsLoaded)
            Open(state, effects);
        else
            effects.Add(new TuiEffect.LoadMessages(chat));
    }

    /// <summary>The chosen chat's messages are there: if they are on the screen, what was unread is read now.</summary>
    private static void Open(TuiState state, List<TuiEffect> effects)
    {
        if (state.Chosen is not { Unread: > 0 } chat || !state.IsChatShown)
            return;
        var room = state.RoomOf(chat.Id);
        room.MarkUnread(chat.Unread);
        room.Scroll = 0;
        effects.Add(new TuiEffect.MarkRead(chat.Id));
    }

    private static void Move(TuiState state, int by, List<TuiEffect> effects)
    {
        if (state.Chats.Count == 0)
            return;
        var at = state.Chats.FindIndex(c => c.Id == state.ChosenId);
        var next = Math.Clamp(at + by, 0, state.Chats.Count - 1);
        if (next != at)
            Choose(state, state.Chats[next].Id, effects);
    }

    private static void Put(TuiState state, ChatView chat)
    {
        _ = state.Chats.RemoveAll(c => c.Id == chat.Id);
        var at = state.Chats.FindIndex(c => c.LastActivity < chat.LastActivity);
        state.Chats.Insert(at < 0 ? state.Chats.Count : at, chat);
    }

    private static void Remove(TuiState state, ChatId chat)
    {
        _ = state.Chats.RemoveAll(c => c.Id == chat);
        if (state.ChosenId == chat)
            (state.ChosenId, state.ListShown) = (null, true);
    }

    private static void Scroll(TuiState state, int lines)
    {
        if (state.Chosen is not { } chat || !state.IsChatShown)
            return;
        var room = state.RoomOf(chat.Id);
        room.Scroll = Math.Max(0, room.Scroll + lines);
        Clamp(state);
    }

    /// <summary>Not further up than to the oldest line.</summary>
    private static void Clamp(TuiState state)
    {
        if (state.Chosen is not { } chat || !state.IsChatShown)
            return;
        var room = state.RoomOf(chat.Id);
        if (room.Scroll == 0)
            return;
        var rows = TuiDrawing.ChatRows(state);
        var count = ChatLines.Last(state, chat, TuiDrawing.ChatWidth(state), room.Scroll + rows).Count;
        room.Scroll = Math.Clamp(room.Scroll, 0, Math.Max(0, count - rows));
    }

    private static void OnRefused(TuiState state, TuiInput.Refused refused, List<TuiEffect> effects)
    {
        switch (refused.Effect)
        {
            case TuiEffect.Send send:
                // what was not taken is not lost: it is in front of what was written since
                var draft = state.RoomOf(send.Chat).Draft;
                draft.Set(draft.IsEmpty ? send.Text : send.Text + "\n" + draft.Text);
                break;
            case TuiEffect.Join join when refused.Code == ClientError.RelayNotChosen:
                AskForOtherRelay(state, new TuiEffect.Join(join.Secret, join.Name, allowOtherRelays: true));
                return;
            case TuiEffect.AddSecret add when refused.Code == ClientError.RelayNotChosen:
                AskForOtherRelay(state, new TuiEffect.AddSecret(add.Chat, add.Secret, add.Direct, allowOtherRelays: true));
                return;
            case TuiEffect.Join:
                effects.Add(new TuiEffect.LoadChats());
                break;
        }
        Say(state, refused.Sentence, bad: true);
    }

    private static void AskForOtherRelay(TuiState state, TuiEffect allowed) => state.Question = new Question(
        QuestionKind.OtherRelay,
        "Use another relay?",
        "This chat lies at a relay that you have not chosen. It will see your network address.")
    { IfYes = allowed };

    private static void ShowSecret(TuiState state, ChatView chat, SecretView secret, bool isUpdate)
    {
        // asked for anew because the relay has it now: only the page that shows it changes
        if (isUpdate && state.Panel?.QrContent != secret.QrContent)
            return;
        var scroll = isUpdate ? state.Panel!.Scroll : 0;
        var until = TimeZoneInfo.ConvertTime(secret.GoodUntil, state.Zone);
        state.Panel = new Panel(
            "Your secret for " + ChatLines.NameOf(chat),
            [
                "",
                "Hand it to one person, directly if you can; whoever has it first is in.",
                "",
                secret.Text,
                "",
                "As a link: " + secret.Link,
                "",
                FormattableString.Invariant($"Good until {until:yyyy-MM-dd HH:mm}.") + (secret.AtRelay ? "" : " Works once your relay has it: it was not reached yet."),
                "",
            ])
        { QrContent = secret.QrContent, Scroll = scroll };
    }

    private static void Say(TuiState state, string sentence, bool bad) => (state.Sentence, state.SentenceIsBad) = (sentence, bad);
}
