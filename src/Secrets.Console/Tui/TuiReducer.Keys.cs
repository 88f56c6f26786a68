using Secrets.Client.Views;
using Secrets.Console.Cli;

namespace Secrets.Console.Tui;

/// <summary>What keys do.</summary>
internal static partial class TuiReducer
{
    private static void OnKey(TuiState state, TuiKey key, List<TuiEffect> effects)
    {
        state.Sentence = "";
        if (key.Kind == KeyKind.Quit)
            effects.Add(new TuiEffect.Quit());
        else if (key.Kind == KeyKind.Redraw)
            effects.Add(new TuiEffect.Redraw());
        else if (state.Question is { } question)
            OnQuestionKey(state, question, key, effects);
        else if (state.Panel is { } panel)
            OnPanelKey(state, panel, key, effects);
        else if (!OnCommandKey(state, key, effects))
            OnChatKey(state, key, effects);
    }

    private static bool OnCommandKey(TuiState state, TuiKey key, List<TuiEffect> effects)
    {
        switch (key.Kind)
        {
            case KeyKind.Help:
                state.Panel = TuiHelp.Panel();
                return true;
            case KeyKind.NewChat:
                state.Question = new Question(QuestionKind.NewChatName, "New chat", "A name for it, for you alone.");
                return true;
            case KeyKind.EnterSecret:
                state.Question = new Question(QuestionKind.Secret, "Enter a secret", "The secret that somebody gave you, from the first to the last character.");
                return true;
            case KeyKind.Next:
                Move(state, 1, effects);
                return true;
            case KeyKind.Previous:
                Move(state, -1, effects);
                return true;
            case KeyKind.Rename or KeyKind.OwnSecret or KeyKind.Number when state.Chosen is { } chat:
                OnChosenChat(state, chat, key.Kind, effects);
                return true;
            case KeyKind.Rename or KeyKind.OwnSecret or KeyKind.Number:
                Say(state, "Choose a chat first. Ctrl-T makes one, Ctrl-A enters a secret.", bad: false);
                return true;
            default:
                return false;
        }
    }

    private static void OnChosenChat(TuiState state, ChatView chat, KeyKind kind, List<TuiEffect> effects)
    {
        if (kind == KeyKind.OwnSecret)
        {
            effects.Add(new TuiEffect.ShowSecret(chat.Id));
        }
        else if (kind == KeyKind.Number)
        {
            ShowNumber(state, chat);
        }
        else
        {
            state.Question = new Question(QuestionKind.ChatName, "Rename " + ChatLines.NameOf(chat), "Another name for this chat, for you alone.");
            state.Question.Answer.Set(chat.Name);
        }
    }

    private static void ShowNumber(TuiState state, ChatView chat)
    {
        var title = "The number of " + ChatLines.NameOf(chat);
        if (chat.SafetyNumber is not { } number)
        {
            state.Panel = new Panel(title, ["", "Nobody is there to compare it with yet: the number is made from both sides' keys."]);
            return;
        }
        var groups = number.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var lines = groups.Chunk(4).Select(row => "    " + string.Join("  ", row));
        state.Panel = new Panel(
            title,
            [
                "",
                "Read it to each other, or hold the screens side by side. If it is the same on both, nobody is between you.",
                "",
                .. lines,
                "",
                "Now: " + Sentences.Of(chat.Verification) + ".",
                .. chat.SecretInSeveralHands ? [Sentences.Of(ChatNotice.SecretInSeveralHands, "")] : Array.Empty<string>(),
                .. chat.Verification == Verification.Verified ? [] : (string[])["", "y: we compared it, and it is the same."],
            ])
        { Comparing = chat.Verification == Verification.Verified ? null : (chat.Id, number) };
    }

    private static void OnChatKey(TuiState state, TuiKey key, List<TuiEffect> effects)
    {
        if (state.Chosen is not { } chat || !state.IsChatShown)
        {
            OnListKey(state, key, effects);
            return;
        }
        var room = state.RoomOf(chat.Id);
        switch (key.Kind)
        {
            case KeyKind.Text when key.Text == "?" && room.Draft.IsEmpty:
                state.Panel = TuiHelp.Panel();
                break;
            case KeyKind.Enter:
                Send(state, chat, room, effects);
                break;
            case KeyKind.NewLine:
                room.Draft.Insert("\n");
                break;
            case KeyKind.PageUp:
                Scroll(state, TuiDrawing.ChatRows(state) - 1);
                break;
            case KeyKind.PageDown:
                Scroll(state, 1 - TuiDrawing.ChatRows(state));
                break;
            case KeyKind.Escape:
                state.ListShown = true;
                room.UnreadFrom = null;
                room.Scroll = 0;
                break;
            default:
                _ = room.Draft.Take(key);
                break;
        }
    }

    private static void OnListKey(TuiState state, TuiKey key, List<TuiEffect> effects)
    {
        if (key.Kind == KeyKind.Text && key.Text == "?")
        {
            state.Panel = TuiHelp.Panel();
        }
        else if (key.Kind is KeyKind.Enter or KeyKind.Right && state.Chosen is { } chat)
        {
            state.ListShown = false;
            Choose(state, chat.Id, effects);
        }
    }

    private static void Send(TuiState state, ChatView chat, ChatRoom room, List<TuiEffect> effects)
    {
        if (string.IsNullOrWhiteSpace(room.Draft.Text))
            return;
        effects.Add(new TuiEffect.Send(chat.Id, room.Draft.Text));
        room.Draft.Set("");
        room.Scroll = 0;
        room.UnreadFrom = null;
    }

    private static void OnPanelKey(TuiState state, Panel panel, TuiKey key, List<TuiEffect> effects)
    {
        switch (key.Kind)
        {
            case KeyKind.Next:
                panel.Scroll++;
                break;
            case KeyKind.Previous:
                panel.Scroll--;
                break;
            case KeyKind.PageDown:
                panel.Scroll += TuiDrawing.PanelRows(state);
                break;
            case KeyKind.PageUp:
                panel.Scroll -= TuiDrawing.PanelRows(state);
                break;
            case KeyKind.Text when key.Text is "i" && panel.QrContent.Length > 0:
                panel.QrInverted = !panel.QrInverted;
                break;
            case KeyKind.Text when key.Text is "y" && panel.Comparing is { } compared:
                effects.Add(new TuiEffect.Verify(compared.Chat, compared.Number));
                state.Panel = null;
                break;
            case KeyKind.Escape or KeyKind.Enter or KeyKind.Help:
            case KeyKind.Text when key.Text is "q" or "?":
                state.Panel = null;
                break;
        }
        panel.Scroll = Math.Clamp(panel.Scroll, 0, Math.Max(0, TuiDrawing.PanelLines(state, panel).Count - TuiDrawing.PanelRows(state)));
    }

    private static void OnQuestionKey(TuiState state, Question question, TuiKey key, List<TuiEffect> effects)
    {
        if (key.Kind == KeyKind.Escape)
        {
            state.Question = null;
        }
        else if (question.IsYesOrNo)
        {
            if (key is { Kind: KeyKind.Text, Text: "y" or "Y" })
                Answered(state, question, "y", effects);
            else if (key is { Kind: KeyKind.Text, Text: "n" or "N" })
                Answered(state, question, "n", effects);
        }
        else if (key.Kind == KeyKind.Enter)
        {
            Answered(state, question, question.Answer.Text.Trim(), effects);
        }
        else
        {
            // a secret that was wrapped by a mail program is one line all the same
            _ = question.Answer.Take(key.Kind == KeyKind.Text ? new TuiKey(KeyKind.Text, key.Text.ReplaceLineEndings("")) : key);
        }
    }

    private static void Answered(TuiState state, Question question, string answer, List<TuiEffect> effects)
    {
        var chosen = state.Chosen;
        if (answer.Length == 0 && question.Kind is not QuestionKind.PersonName)
            return;
        if (answer.Length == 0 && chosen is null)
            return;
        state.Question = null;
        switch (question.Kind)
        {
            case QuestionKind.ChatName when chosen is not null:
                effects.Add(new TuiEffect.Rename(chosen.Id, answer));
                break;
            case QuestionKind.NewChatName:
                effects.Add(new TuiEffect.Create(answer));
                break;
            case QuestionKind.Secret:
                var or = chosen is null ? "" : $" Empty: it belongs to the chat {ChatLines.NameOf(chosen)}, for which you handed over your own.";
                state.Question = new Question(QuestionKind.PersonName, "Who is it from?", "What you call the other person." + or) { Secret = answer };
                break;
            case QuestionKind.PersonName when answer.Length > 0:
                Say(state, "Looking for the chat…", bad: false);
                effects.Add(new TuiEffect.Join(question.Secret, answer, allowOtherRelays: false));
                break;
            case QuestionKind.PersonName:
                state.Question = new Question(QuestionKind.Direct, "Did you get it directly?", "From the person's own hand, screen or voice, not through anybody else. Then the chat is verified as soon as they have entered yours.") { Secret = question.Secret };
                break;
            case QuestionKind.Direct when chosen is not null:
                effects.Add(new TuiEffect.AddSecret(chosen.Id, question.Secret, answer == "y", allowOtherRelays: false));
                break;
            case QuestionKind.OtherRelay when answer == "y" && question.IfYes is { } allowed:
                effects.Add(allowed);
                break;
            case QuestionKind.OtherRelay:
                Say(state, "Nothing was entered.", bad: false);
                break;
        }
    }
}
