using Secrets.Protocol.Chats;
using static Secrets.Protocol.Tests.Chats.ChatFixture;

namespace Secrets.Protocol.Tests.Chats;

/// <summary>What texts and names may be, how they are cut, joined and shown (E-71).</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("", MessageError.Empty)]
    [InlineData("two\nlines\tand a tab", MessageError.None)]
    [InlineData("\u0000", MessageError.ControlCharacter)]
    [InlineData("esc \u001b[2J", MessageError.ControlCharacter)]
    [InlineData("\r\n", MessageError.ControlCharacter)]
    [InlineData("\u007f", MessageError.ControlCharacter)]
    [InlineData("\u0085", MessageError.ControlCharacter)]
    [InlineData("\u00a0no break", MessageError.None)]
    [InlineData("\u202eturned", MessageError.None)]
    public void A_text_is_taken_or_refused_by_name(string text, MessageError expected) =>
        Assert.Equal(expected, ChatText.TryEncode(text, out _));

    [Fact]
    public void Half_a_character_is_refused_and_shown_as_a_replacement()
    {
        // not in attributes: their texts are stored as UTF-8
        Assert.Equal(MessageError.InvalidUtf8, ChatText.TryEncode("\ud800", out _));
        Assert.Equal(MessageError.InvalidUtf8, ChatText.TryEncode("\udc00\ud800", out _));
        Assert.Equal(MessageError.InvalidUtf8, NameText.TryParse("x\ud800", out _));
        Assert.Equal("\ufffdx", DisplayText.Neutralise("\ud800x", DisplayUse.Text));
    }

    [Fact]
    public void A_text_has_at_most_65536_bytes_and_is_valid_utf8()
    {
        Assert.Equal(MessageError.None, ChatText.TryEncode(new string('ä', 32_768), out _));
        Assert.Equal(MessageError.TooLong, ChatText.TryEncode(new string('ä', 32_768) + "x", out _));
        Assert.Equal(MessageError.InvalidUtf8, ChatText.Check([0xC3]));
        Assert.Equal(MessageError.InvalidUtf8, ChatText.Check([0xC0, 0x80]));
        Assert.Equal(MessageError.InvalidUtf8, ChatText.Check([0xED, 0xA0, 0x80]));
    }

    [Theory]
    [InlineData("  Alice ", MessageError.None, "Alice")]
    [InlineData("", MessageError.Empty, "")]
    [InlineData("   ", MessageError.Empty, "")]
    [InlineData("two\nlines", MessageError.ControlCharacter, "")]
    [InlineData("\u202eecilA", MessageError.ControlCharacter, "")]
    [InlineData("Al\u200bice", MessageError.ControlCharacter, "")]
    [InlineData("\ud83d\udc69\u200d\ud83d\ude80", MessageError.None, "\ud83d\udc69\u200d\ud83d\ude80")]
    [InlineData("Jose\u0301", MessageError.None, "Jos\u00e9")]
    [InlineData("\u1112\u1161\u11ab", MessageError.None, "\ud55c")]
    public void A_name_is_composed_or_refused_by_name(string typed, MessageError expected, string name)
    {
        Assert.Equal(expected, NameText.TryParse(typed, out var parsed));
        Assert.Equal(name, parsed);
        Assert.Equal(expected == MessageError.None, NameText.IsValid(parsed));
    }

    [Fact]
    public void A_name_has_at_most_64_bytes()
    {
        Assert.Equal(MessageError.None, NameText.TryParse(new string('ä', 32), out _));
        Assert.Equal(MessageError.TooLong, NameText.TryParse(new string('ä', 32) + "x", out _));
        Assert.Equal(MessageError.TooLong, NameText.TryParse(new string(' ', 1_000), out _));
        Assert.Equal(MessageError.TooLong, NameText.TryRead(new byte[65], false, out _));
        Assert.Equal(MessageError.InvalidUtf8, NameText.TryRead([0xff], false, out _));
        Assert.Equal(MessageError.None, NameText.TryRead([], allowEmpty: true, out _));
    }

    [Theory]
    [InlineData("a\u001b[31mred", "a\u241b[31mred")]
    [InlineData("\u009b31m", "\ufffd31m")]
    [InlineData("x\u202eevil\u202c\u2066y\u2069", "xevily")]
    [InlineData("tab\tline\n\u2028end", "tab\tline\n\nend")]
    [InlineData("\ufeffa\u200bb\u00adc", "abc")]
    [InlineData("\u0000\u007f", "\u2400\u2421")]
    [InlineData("a\U000E0041b\ufff9", "ab")]
    public void E_71_a_text_is_neutralised_for_display(string text, string shown) =>
        Assert.Equal(shown, DisplayText.Neutralise(text, DisplayUse.Text));

    [Theory]
    [InlineData("Al\u200dice", "Alice")]
    [InlineData("Alice\u200c", "Alice")]
    [InlineData("Alice\nBob", "Alice Bob")]
    [InlineData(" \u2066Alice ", "Alice")]
    [InlineData("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e")]
    [InlineData("\ud83d\udc69\u200d\ud83d\ude80", "\ud83d\udc69\u200d\ud83d\ude80")]
    public void E_71_a_name_is_neutralised_for_display(string name, string shown) =>
        Assert.Equal(shown, DisplayText.Neutralise(name, DisplayUse.Name));

    [Fact]
    public void E_71_a_heap_of_marks_on_one_letter_is_cut() =>
        Assert.Equal("a" + new string('\u0301', 8) + "b", DisplayText.Neutralise("a" + new string('\u0301', 500) + "b", DisplayUse.Text));

    [Theory]
    [InlineData(ContentCarrier.Session, 1_527)]
    [InlineData(ContentCarrier.Session, 12_048)]
    [InlineData(ContentCarrier.DataBox, 30_480)]
    public void A_long_text_comes_in_parts_in_any_order_all_or_nothing(ContentCarrier carrier, int size)
    {
        var text = new string('ä', size / 2) + new string('x', size % 2);
        Assert.Equal(MessageError.None, TextSplitter.TrySplit(text, carrier, Random(1), out var parts));
        var assembler = new TextAssembler();
        string? whole = null;
        foreach (var part in parts.Reverse().SelectMany(p => new[] { p, p }))
        {
            Assert.Null(whole);
            Assert.True(part.Size <= ContentSizes.MaxSaidBody(carrier));
            Assert.Equal(MessageError.None, TextPartMessage.TryRead(Body(part), out var read));
            Assert.Equal(MessageError.None, assembler.TryAdd(read!, out whole));
            if (whole is not null)
                break;
            Assert.Equal(MessageError.None, TextAssembler.TryReadState(assembler.WriteState().Span, out assembler!));
        }

        Assert.Equal(text, whole);
        Assert.Equal(0, assembler.UnfinishedCount);
    }

    [Fact]
    public void A_text_for_which_eight_parts_are_too_few_travels_as_an_attachment()
    {
        Assert.Equal(MessageError.TooLong, TextSplitter.TrySplit(new string('x', 12_049), ContentCarrier.Session, Random(1), out _));
        Assert.Equal(MessageError.TooLong, TextSplitter.TrySplit(new string('x', 65_537), ContentCarrier.DataBox, Random(1), out _));
        Assert.Equal(2, AttachmentChunk.CountFor(65_536));
    }

    [Fact]
    public void Parts_that_contradict_each_other_are_dropped()
    {
        var id = TextId.Generate(Random(1));
        var assembler = new TextAssembler();
        Assert.Equal(MessageError.None, assembler.TryAdd(new TextPartMessage(id, 0, 2, 6, "abc"u8), out _));
        Assert.Equal(MessageError.PartMismatch, assembler.TryAdd(new TextPartMessage(id, 0, 2, 6, "abX"u8), out _));
        Assert.Equal(0, assembler.UnfinishedCount);
        Assert.Equal(MessageError.None, assembler.TryAdd(new TextPartMessage(id, 0, 2, 6, "abc"u8), out _));
        Assert.Equal(MessageError.PartMismatch, assembler.TryAdd(new TextPartMessage(id, 1, 2, 6, "de"u8), out _));
        Assert.Equal(MessageError.None, assembler.TryAdd(new TextPartMessage(id, 0, 2, 6, "abc"u8), out _));
        Assert.Equal(MessageError.PartMismatch, assembler.TryAdd(new TextPartMessage(id, 1, 3, 6, "def"u8), out _));
        Assert.Equal(MessageError.None, assembler.TryAdd(new TextPartMessage(id, 0, 2, 4, [0xC3, 0xA4, 0xC3]), out _));
        Assert.Equal(MessageError.None, assembler.TryAdd(new TextPartMessage(id, 1, 2, 4, [0xB6]), out var text));
        Assert.Equal("äö", text);
        for (var i = 0UL; i < 20; i++)
            Assert.Equal(MessageError.None, assembler.TryAdd(new TextPartMessage(TextId.Generate(Random(i)), 0, 2, 6, "abc"u8), out _));
        Assert.Equal(TextAssembler.MaxTexts, assembler.UnfinishedCount);
    }

    [Fact]
    public void Decision_26_an_attachment_is_sealed_in_chunks_bound_to_their_place()
    {
        var key = new byte[AttachmentMessage.KeySize];
        var plaintext = new byte[100_000];
        Random(1).Fill(plaintext);
        var count = AttachmentChunk.CountFor(plaintext.Length);
        var chunk = new byte[AttachmentChunk.SealedSize];
        var opened = new byte[AttachmentChunk.PlainSize];
        AttachmentChunk.Seal(key, 1, count, plaintext.AsSpan(AttachmentChunk.PlainSize), chunk);

        Assert.Equal(2, count);
        Assert.Equal(MessageError.None, AttachmentChunk.TryOpen(key, 1, count, chunk, opened));
        Assert.Equal(plaintext[AttachmentChunk.PlainSize..], opened[..(plaintext.Length - AttachmentChunk.PlainSize)]);
        Assert.Equal(MessageError.Rejected, AttachmentChunk.TryOpen(key, 0, count, chunk, opened));
        Assert.Equal(MessageError.Rejected, AttachmentChunk.TryOpen(key, 1, 4, chunk, opened));
        chunk[5] ^= 1;
        Assert.Equal(MessageError.Rejected, AttachmentChunk.TryOpen(key, 1, count, chunk, opened));
        Assert.Equal([1, 1, 2, 4, 4, 0], new[] { 0L, 65_476, 65_477, 3 * 65_476, 4 * 65_476, 257L * 65_476 }.Select(AttachmentChunk.CountFor));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("c:\\x")]
    public void E_71_a_file_name_is_no_path(string name) =>
        Assert.Throws<ArgumentException>(() => Body(new AttachmentMessage(AttachmentKind.File, Capability(1), 1, new byte[32], default, 5, "text/plain", name, Relays)));
}
