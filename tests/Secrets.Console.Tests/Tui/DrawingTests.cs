using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Console.Tui;
using Secrets.Protocol.Chats;

namespace Secrets.Console.Tests.Tui;

/// <summary>What the screen looks like, row by row.</summary>
public sealed class DrawingTests
{
    private static readonly ChatView Lunch = TuiSamples.Chat(1, "Lunch", verification: Verification.Verified);
    private static readonly ChatView Carol = TuiSamples.Chat(2, "Carol", unread: 2);

    [Fact]
    public void Eighty_columns_have_the_list_at_the_left_and_the_chat_at_the_right()
    {
        var state = Conversation(80, 16);

        Assert.Equal(
            """
             Alice                  │ Lunch
                                    │             ── Sunday 22 November 2026 ──
            › Lunch                 │                  12:00 Lunch joined.
              Carol             ● 2 │
                                    │ you
                                    │ 12:01 Noodles at one?  received
                                    │ 12:02 Or at two?  sent
                                    │
                                    │ Lunch
                                    │ 12:03 At one, at the usual place, if the noodles are
                                    │       as good as they were the last time.
                                    │
                                    ├───────────────────────────────────────────────────────
                                    │ > Fine
             Relay connected                                                       verified
             F1 help  ^Q leave  ^N ^P chat  ^A enter secret  ^S your secret  ^V number
            """,
            state.Screen());
    }

    [Fact]
    public void Forty_columns_have_one_pane_at_a_time()
    {
        var state = Conversation(40, 20);
        Assert.Equal(
            """
             Alice

            › Lunch
              Carol                             ● 2
            """,
            string.Join('\n', state.Screen().Split('\n').Take(4)));

        _ = state.Press(KeyKind.Enter);

        Assert.Equal(
            """
             Lunch
                 ── Sunday 22 November 2026 ──
                      12:00 Lunch joined.

             you
             12:01 Noodles at one?  received
             12:02 Or at two?  sent

             Lunch
             12:03 At one, at the usual place, if
                   the noodles are as good as they
                   were the last time.
            """,
            string.Join('\n', state.Screen().Split('\n').Take(12)));
        _ = state.Press(KeyKind.Escape);
        Assert.StartsWith(" Alice", state.Screen(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_new_stands_below_a_line()
    {
        var state = TuiSamples.State(80, 24, Lunch, Carol);
        _ = state.Press(KeyKind.Next);
        _ = state.Load(Carol, TuiSamples.Message(Carol, 1, "old"), TuiSamples.Message(Carol, 2, "new"), TuiSamples.Message(Carol, 3, "newer"));

        var rows = state.Screen().Split('\n');

        var line = Array.FindIndex(rows, r => r.Contains("──── new ────", StringComparison.Ordinal));
        Assert.Contains("old", rows[line - 1], StringComparison.Ordinal);
        Assert.Contains("12:00 new", rows[line + 2], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_others_write_commands_the_terminal()
    {
        var evil = TuiSamples.Chat(1, "\e]0;owned\u0007Bob\u202E");
        var state = TuiSamples.State(80, 24, evil);
        _ = state.Load(evil, TuiSamples.Message(evil, 1, "\e[2J\u009B31mhello\u0000\u202Eabc\r\n\u2066x"));
        var canvas = TuiDrawing.Draw(state);

        for (var y = 0; y < canvas.Height; y++)
        {
            Assert.DoesNotContain(canvas.Text(y), c => char.IsControl(c) || c is '\u202E' or '\u2066');
            var sent = System.Text.RegularExpressions.Regex.Replace(canvas.Render(y, colour: true), "\e\\[[0-9;]*[mK]", "");
            Assert.DoesNotContain(sent, char.IsControl);
        }
        Assert.Contains("hello", state.Screen(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_colour_no_colour_is_sent_and_never_a_ground()
    {
        var state = Conversation(80, 24);
        _ = state.Happen(ClientEventKind.RelayLost, relay: new RelayView { Address = "ws://relay", Connected = false, Chosen = true });
        var canvas = TuiDrawing.Draw(state);

        var plain = string.Concat(Enumerable.Range(0, 24).Select(y => canvas.Render(y, colour: false)));
        var coloured = string.Concat(Enumerable.Range(0, 24).Select(y => canvas.Render(y, colour: true)));

        Assert.DoesNotMatch("\e\\[[0-9;]*(3[0-9]|38|48)[;m]", plain);
        Assert.Matches("\e\\[[0-9;]*3[0-9][;m]", coloured);
        Assert.DoesNotMatch("\e\\[[0-9;]*4[0-9][;m]", coloured);
    }

    [Fact]
    public void A_secret_is_shown_whole_with_a_code_that_fits_into_24_rows()
    {
        var state = TuiSamples.State(80, 24, Lunch);
        var text = "secret1" + new string('q', 150);
        var secret = new SecretView { Text = text, Link = "http://127.0.0.1:7400/#" + text, QrContent = text.ToUpperInvariant(), GoodUntil = TuiSamples.Noon, AtRelay = true };
        _ = TuiReducer.Apply(state, new TuiInput.SecretReady(Lunch, secret, isUpdate: false));

        Assert.Contains(text, state.Screen().Replace("\n  ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        _ = state.Press(KeyKind.PageDown);
        _ = state.Press(KeyKind.PageDown);

        Assert.All(state.Screen().Split('\n')[1..22], row => Assert.True(row.Length == 0 || row.IndexOfAny(['█', '▀', '▄', ' ']) >= 0));
        Assert.True(state.Screen().Split('\n').Count(r => r.IndexOfAny(['█', '▀', '▄']) >= 0) >= 19);
    }

    [Fact]
    public void Only_rows_that_changed_are_sent_and_the_terminal_is_given_back()
    {
        var state = Conversation(80, 24);
        using var sent = new MemoryStream();
        var screen = new AnsiScreen(sent, colour: true);
        screen.Show(TuiDrawing.Draw(state));
        var first = sent.Length;
        _ = state.Type("!");

        screen.Show(TuiDrawing.Draw(state));
        var second = System.Text.Encoding.UTF8.GetString(sent.ToArray()[(int)first..]);
        screen.Dispose();
        screen.Show(TuiDrawing.Draw(state));

        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(second, "\e\\[[0-9]+;1H"));
        Assert.Contains("Fine!", second, StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h\e[?1049l", System.Text.Encoding.UTF8.GetString(sent.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_that_is_too_small_says_so_and_survives()
    {
        for (var width = 1; width < 25; width++)
        {
            for (var height = 1; height < 12; height++)
                Assert.NotNull(Conversation(width, height).Screen());
        }
    }

    private static TuiState Conversation(int width, int height)
    {
        var state = TuiSamples.State(width, height, Lunch, Carol);
        _ = state.Load(
            Lunch,
            TuiSamples.Message(Lunch, 1, "", notice: ChatNotice.TheyJoined),
            TuiSamples.Message(Lunch, 2, "Noodles at one?", own: true, minutes: 1),
            TuiSamples.Message(Lunch, 3, "Or at two?", own: true, DeliveryState.Sent, minutes: 2),
            TuiSamples.Message(Lunch, 4, "At one, at the usual place, if the noodles are as good as they were the last time.", minutes: 3));
        state.RoomOf(Lunch.Id).Draft.Insert("Fine");
        return state;
    }
}
