using Secrets.Client;
using Secrets.Client.Events;
using Secrets.Client.Views;
using Secrets.Console.Tui;
using Secrets.Protocol.Chats;

namespace Secrets.Console.Tests.Tui;

/// <summary>What keys and events do to the screen's state.</summary>
public sealed class ReducerTests
{
    private static readonly ChatView Lunch = TuiSamples.Chat(1, "Lunch");
    private static readonly ChatView Carol = TuiSamples.Chat(2, "Carol", unread: 2);

    [Fact]
    public void The_latest_chat_is_chosen_and_its_messages_are_asked_for()
    {
        var state = new TuiState();

        var effects = TuiReducer.Apply(state, new TuiInput.ChatsLoaded([Lunch, Carol]));

        Assert.Equal(Lunch.Id, state.ChosenId);
        Assert.Equal(Lunch.Id, Assert.IsType<TuiEffect.LoadMessages>(Assert.Single(effects)).Chat);
    }

    [Fact]
    public void Enter_sends_and_a_new_line_does_not()
    {
        var state = TuiSamples.State(80, 24, Lunch);
        _ = state.Load(Lunch);
        _ = state.Type("Noodles");
        Assert.Empty(state.Press(KeyKind.NewLine));
        _ = state.Type("at one?");

        var send = Assert.IsType<TuiEffect.Send>(Assert.Single(state.Press(KeyKind.Enter)));

        Assert.Equal("Noodles\nat one?", send.Text);
        Assert.True(state.RoomOf(Lunch.Id).Draft.IsEmpty);
        Assert.Empty(state.Press(KeyKind.Enter));
    }

    [Fact]
    public void What_was_refused_is_back_in_the_draft()
    {
        var state = TuiSamples.State(80, 24, Lunch);
        _ = state.Type("first");
        var send = state.Press(KeyKind.Enter)[0];
        _ = state.Type("second");

        _ = TuiReducer.Apply(state, new TuiInput.Refused(send, "No.", ClientError.BadText));

        Assert.Equal("first\nsecond", state.RoomOf(Lunch.Id).Draft.Text);
        Assert.Equal("No.", state.Sentence);
    }

    [Fact]
    public void Each_chat_keeps_its_draft_and_a_chosen_chat_is_read()
    {
        var state = TuiSamples.State(80, 24, Lunch, Carol);
        _ = state.Type("for lunch");

        Assert.Equal(Carol.Id, Assert.IsType<TuiEffect.LoadMessages>(Assert.Single(state.Press(KeyKind.Next))).Chat);
        var read = state.Load(Carol, TuiSamples.Message(Carol, 1, "old"), TuiSamples.Message(Carol, 2, "new"), TuiSamples.Message(Carol, 3, "newer"));
        _ = state.Type("for Carol");
        Assert.Equal(Carol.Id, Assert.IsType<TuiEffect.MarkRead>(Assert.Single(read)).Chat);
        Assert.Equal(2, state.RoomOf(Carol.Id).UnreadFrom);
        _ = state.Press(KeyKind.Previous);

        Assert.Equal("for lunch", state.RoomOf(Lunch.Id).Draft.Text);
        Assert.Equal("for Carol", state.RoomOf(Carol.Id).Draft.Text);
        Assert.Null(state.RoomOf(Carol.Id).UnreadFrom);
    }

    [Fact]
    public void A_message_that_arrives_in_sight_is_read_and_one_out_of_sight_is_not()
    {
        var state = TuiSamples.State(80, 24, Lunch, Carol);
        _ = state.Load(Lunch);
        var message = TuiSamples.Message(Lunch, 1, "Hello");

        Assert.IsType<TuiEffect.MarkRead>(Assert.Single(state.Happen(ClientEventKind.MessageAdded, Lunch, message)));
        Assert.Empty(state.Happen(ClientEventKind.MessageAdded, Lunch, message));
        Assert.Empty(state.Happen(ClientEventKind.MessageAdded, Carol, TuiSamples.Message(Carol, 1, "Hello")));
        Assert.Empty(state.Happen(ClientEventKind.MessageAdded, Lunch, TuiSamples.Message(Lunch, 2, "own", own: true)));

        var narrow = TuiSamples.State(40, 20, Lunch);
        _ = narrow.Load(Lunch);
        Assert.Empty(narrow.Happen(ClientEventKind.MessageAdded, Lunch, message));
    }

    [Fact]
    public void A_chat_that_was_deleted_is_gone_and_the_next_one_is_chosen()
    {
        var state = TuiSamples.State(80, 24, Lunch, Carol);

        var effects = state.Happen(ClientEventKind.ChatRemoved, Lunch);

        Assert.Equal(Carol.Id, Assert.Single(state.Chats).Id);
        Assert.Equal(Carol.Id, state.ChosenId);
        Assert.Equal(Carol.Id, Assert.IsType<TuiEffect.LoadMessages>(Assert.Single(effects)).Chat);
    }

    [Fact]
    public void A_message_rings_unless_it_is_own_a_notice_or_in_a_muted_chat()
    {
        var message = TuiSamples.Message(Carol, 1, "Hello");
        Assert.True(Rings(ClientEventKind.MessageAdded, Carol, message));
        Assert.False(Rings(ClientEventKind.MessageChanged, Carol, message));
        Assert.False(Rings(ClientEventKind.MessageAdded, Carol, TuiSamples.Message(Carol, 1, "Hello", own: true)));
        Assert.False(Rings(ClientEventKind.MessageAdded, Carol, TuiSamples.Message(Carol, 1, "", notice: ChatNotice.Verified)));
        Assert.False(Rings(ClientEventKind.MessageAdded, TuiSamples.Chat(2, "Carol", muted: true), message));

        static bool Rings(ClientEventKind kind, ChatView chat, MessageView message) =>
            Commands.WatchCommand.Rings(new ClientEvent { Kind = kind, Time = TuiSamples.Noon, Chat = chat, Message = message });
    }

    [Fact]
    public void A_secret_for_a_chat_that_names_another_relay_is_asked_about_and_entered_when_allowed()
    {
        var state = TuiSamples.State(80, 24, Lunch);
        var refused = new TuiEffect.AddSecret(Lunch.Id, "secret1abcdef", direct: true, allowOtherRelays: false);

        _ = TuiReducer.Apply(state, new TuiInput.Refused(refused, "", ClientError.RelayNotChosen));
        var add = Assert.IsType<TuiEffect.AddSecret>(Assert.Single(state.Type("y")));

        Assert.Equal((Lunch.Id, "secret1abcdef", true, true), (add.Chat, add.Secret, add.Direct, add.AllowOtherRelays));
    }

    [Fact]
    public void Who_reads_further_up_stays_there()
    {
        var state = TuiSamples.State(80, 24, Lunch);
        _ = state.Load(Lunch, [.. Enumerable.Range(1, 60).Select(i => TuiSamples.Message(Lunch, i, "line " + i))]);
        _ = state.Press(KeyKind.PageUp);
        var before = state.Screen();

        _ = state.Happen(ClientEventKind.MessageAdded, Lunch, TuiSamples.Message(Lunch, 61, "one more"));

        Assert.Equal(before, state.Screen());
        for (var i = 0; i < 20; i++)
            _ = state.Press(KeyKind.PageUp);
        Assert.Contains("── Sunday 22 November 2026 ──", state.Screen(), StringComparison.Ordinal);
        _ = state.Press(KeyKind.PageDown);
        Assert.DoesNotContain("── Sunday 22 November 2026 ──", state.Screen(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_entered_in_two_steps_and_another_relay_is_asked_about()
    {
        var state = TuiSamples.State(80, 24);
        _ = state.Press(KeyKind.EnterSecret);
        _ = state.Type("secret1abc\r\ndef");
        _ = state.Press(KeyKind.Enter);
        Assert.Equal(QuestionKind.PersonName, state.Question!.Kind);
        Assert.Empty(state.Press(KeyKind.Enter));
        _ = state.Type("Bob");

        var join = Assert.IsType<TuiEffect.Join>(Assert.Single(state.Press(KeyKind.Enter)));
        Assert.Equal(("secret1abcdef", "Bob", false), (join.Secret, join.Name, join.AllowOtherRelays));
        _ = TuiReducer.Apply(state, new TuiInput.Refused(join, "", ClientError.RelayNotChosen));
        Assert.True(state.Question!.IsYesOrNo);
        Assert.True(Assert.IsType<TuiEffect.Join>(Assert.Single(state.Type("y"))).AllowOtherRelays);
    }

    [Fact]
    public void The_other_sides_own_secret_is_entered_into_the_chosen_chat()
    {
        var state = TuiSamples.State(80, 24, Lunch);
        _ = state.Press(KeyKind.EnterSecret);
        _ = state.Type("secret1abc");
        _ = state.Press(KeyKind.Enter);
        _ = state.Press(KeyKind.Enter);
        Assert.Equal(QuestionKind.Direct, state.Question!.Kind);

        var add = Assert.IsType<TuiEffect.AddSecret>(Assert.Single(state.Type("y")));

        Assert.Equal((Lunch.Id, "secret1abc", true), (add.Chat, add.Secret, add.Direct));
    }

    [Fact]
    public void A_chat_is_renamed_made_verified_and_left_alone_on_escape()
    {
        var state = TuiSamples.State(80, 24, Lunch);
        _ = state.Press(KeyKind.Rename);
        Assert.Equal("Lunch", state.Question!.Answer.Text);
        Assert.Empty(state.Press(KeyKind.Escape));
        Assert.Null(state.Question);
        _ = state.Press(KeyKind.Rename);
        _ = state.Type(" with Bob");
        Assert.Equal("Lunch with Bob", Assert.IsType<TuiEffect.Rename>(Assert.Single(state.Press(KeyKind.Enter))).Name);
        _ = state.Press(KeyKind.NewChat);
        Assert.Empty(state.Press(KeyKind.Enter));
        _ = state.Type("Tea");
        Assert.Equal("Tea", Assert.IsType<TuiEffect.Create>(Assert.Single(state.Press(KeyKind.Enter))).Name);
        _ = state.Press(KeyKind.Number);
        Assert.Equal(Lunch.SafetyNumber, Assert.IsType<TuiEffect.Verify>(Assert.Single(state.Type("y"))).Number);
    }

    [Fact]
    public void Relays_come_and_go()
    {
        var state = TuiSamples.State(80, 24, Lunch);
        Assert.Contains("Relay connected", state.Screen(), StringComparison.Ordinal);

        _ = state.Happen(ClientEventKind.RelayLost, relay: new RelayView { Address = "ws://relay", Connected = false, Chosen = true });

        Assert.Contains("Relay not reached; what you say is kept", state.Screen(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(40, 20)]
    [InlineData(20, 8)]
    public void Any_keys_leave_a_screen_that_can_be_drawn(int width, int height)
    {
        var kinds = Enum.GetValues<KeyKind>();
        for (var seed = 1u; seed <= 40; seed++)
        {
            var state = TuiSamples.State(width, height, Lunch, Carol);
            _ = state.Load(Lunch, [.. Enumerable.Range(1, 30).Select(i => TuiSamples.Message(Lunch, i, "日本 line " + i, own: i % 2 == 0, DeliveryState.Sent))]);
            var next = seed;
            for (var step = 0; step < 200; step++)
            {
                next = unchecked((next * 1_664_525) + 1_013_904_223);
                var kind = kinds[(next >> 16) % kinds.Length];
                _ = kind == KeyKind.Text ? state.Type((next >> 8) % 3 == 0 ? "y" : "long text 日本 ") : state.Press(kind);
                var canvas = TuiDrawing.Draw(state);
                Assert.All(Enumerable.Range(0, height), y => Assert.True(TextWidth.Of(canvas.Text(y)) <= width));
                if (canvas.Cursor is { } cursor)
                    Assert.True(cursor.X >= 0 && cursor.X < width && cursor.Y >= 0 && cursor.Y < height, $"seed {seed} step {step} {kind}: {cursor}");
            }
        }
    }
}
