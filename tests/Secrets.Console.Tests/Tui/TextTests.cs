using Secrets.Console.Tui;

namespace Secrets.Console.Tests.Tui;

/// <summary>Widths, wrapping, drafts.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("Noodles", 7)]
    [InlineData("日本語", 6)]
    [InlineData("한국어", 6)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("cafe\u0301", 4)]
    [InlineData("😀", 2)]
    [InlineData("a\u200Db", 2)]
    [InlineData("─│●›…", 5)]
    [InlineData("กำ", 2)]
    public void A_text_has_its_width(string text, int width) => Assert.Equal(width, TextWidth.Of(text));

    [Fact]
    public void What_terminals_measure_differently_is_taken_out_of_pictures_and_left_in_letters()
    {
        Assert.Equal("👩👧", TextWidth.Steady("👩\u200D👧"));
        Assert.Equal("👍", TextWidth.Steady("👍\U0001F3FD"));
        Assert.Equal("\u2764", TextWidth.Steady("\u2764\uFE0F"));
        Assert.Equal("\u0915\u094D\u200D\u0937", TextWidth.Steady("\u0915\u094D\u200D\u0937"));
    }

    [Fact]
    public void What_does_not_fit_ends_with_an_ellipsis()
    {
        Assert.Equal("Lunch", TextWidth.Fit("Lunch", 5));
        Assert.Equal("Lun…", TextWidth.Fit("Lunch", 4));
        Assert.Equal("日…", TextWidth.Fit("日本語", 4));
        Assert.Equal("", TextWidth.Fit("Lunch", 0));
    }

    [Fact]
    public void Lines_break_between_words_and_inside_words_that_are_too_long()
    {
        Assert.Equal(["Noodles at", "one?"], TextWrap.Lines("Noodles at one?", 10));
        Assert.Equal(["abcde", "fgh ij"[..3], "ij"], TextWrap.Lines("abcdefgh ij", 5));
        Assert.Equal(["日本", "語"], TextWrap.Lines("日本語", 5));
        Assert.Equal(["a", "", "b"], TextWrap.Lines("a\n\nb", 5));
        Assert.Equal([""], TextWrap.Lines("", 5));
    }

    [Fact]
    public void No_line_is_wider_than_it_may_be_and_nothing_is_lost()
    {
        var text = "The quick 日本語 brown-fox jumps over 👩👩👧 and\ta very long wooooooooooooooooooooooord e\u0301nd";

        for (var width = 2; width < 40; width++)
        {
            var lines = TextWrap.Lines(text, width);
            Assert.All(lines, line => Assert.True(TextWidth.Of(line) <= width, line));
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_draft_is_edited_by_whole_characters()
    {
        var draft = new Draft();
        draft.Insert("cafe\u0301 👩\u200D👧");
        draft.Backspace();
        Assert.Equal("cafe\u0301 ", draft.Text);
        draft.Left();
        draft.Left();
        Assert.Equal(3, draft.Cursor);
        draft.Delete();
        Assert.Equal("caf ", draft.Text);
        draft.Insert("fee");
        draft.End();
        draft.DeleteWord();
        Assert.Equal("", draft.Text);
        draft.Backspace();
        draft.Delete();
        draft.Left();
        draft.Right();
        Assert.True(draft.IsEmpty);
    }

    [Fact]
    public void What_is_pasted_into_a_draft_commands_nothing()
    {
        var draft = new Draft();

        draft.Insert("a\e[31m\r\nb\u0007\rc\u009B");

        Assert.Equal("a[31m\nb\nc", draft.Text);
    }

    [Fact]
    public void A_draft_knows_where_its_cursor_is()
    {
        var draft = new Draft();
        draft.Insert("日本\nab");

        var (rows, x, y) = draft.Layout(5);

        Assert.Equal(["日本", "ab"], rows);
        Assert.Equal((2, 1), (x, y));
        draft.Insert("cdef");
        (rows, x, y) = draft.Layout(5);
        Assert.Equal(["日本", "abcd", "ef"], rows);
        Assert.Equal((2, 2), (x, y));
        draft.Home();
        (_, x, y) = draft.Layout(5);
        Assert.Equal((0, 1), (x, y));
    }

    [Fact]
    public void Keys_mean_what_the_help_says()
    {
        Assert.Equal(KeyKind.Enter, Key('\r', ConsoleKey.Enter).Kind);
        Assert.Equal(KeyKind.NewLine, Key('\r', ConsoleKey.Enter, alt: true).Kind);
        Assert.Equal(KeyKind.NewLine, Key('\n', ConsoleKey.Enter, control: true).Kind);
        Assert.Equal(KeyKind.Quit, Key('\u0011', ConsoleKey.Q, control: true).Kind);
        Assert.Equal(KeyKind.Quit, Key('\u0003', ConsoleKey.C, control: true).Kind);
        Assert.Equal(KeyKind.OwnSecret, Key('\u0013', ConsoleKey.S, control: true).Kind);
        Assert.Equal("ü", Key('ü', 0).Text);
        Assert.Equal(KeyKind.None, Key('\u0002', ConsoleKey.B, control: true).Kind);
    }

    [Fact]
    public void A_paste_is_one_text_and_a_picture_one_key()
    {
        var keys = new Queue<ConsoleKeyInfo>("\e[200~one\rtwo\e[201~😀\e[2x\e".Select(c => new ConsoleKeyInfo(c, c == '\e' ? ConsoleKey.Escape : c == '\r' ? ConsoleKey.Enter : 0, false, false, false)));
        var reader = new KeyReader(keys.Dequeue, () => keys.Count > 0);

        Assert.Equal("one\rtwo", reader.Next().Text);
        Assert.Equal("😀", reader.Next().Text);
        Assert.Equal(KeyKind.Escape, reader.Next().Kind);
        Assert.Equal("[2", reader.Next().Text);
        Assert.Equal("x", reader.Next().Text);
        Assert.Equal(KeyKind.Escape, reader.Next().Kind);
    }

    private static TuiKey Key(char letter, ConsoleKey key, bool alt = false, bool control = false) => TuiKey.Of(new ConsoleKeyInfo(letter, key, shift: false, alt, control));
}
