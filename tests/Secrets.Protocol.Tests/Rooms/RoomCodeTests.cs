using Secrets.Crypto;
using Secrets.Protocol.Rooms;
using Secrets.Protocol.Sessions;

namespace Secrets.Protocol.Tests.Rooms;

/// <summary>Codes as people say, type and mistype them.</summary>
public sealed class RoomCodeTests
{
    private const string Relay = "net:relay.example:7401~shs:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public void A_code_is_read_in_any_case_with_anything_between()
    {
        using var code = RoomCode.Generate(Relay, new SeededRandomForTestsOnly(1));
        var words = code.FormatWords();
        Assert.Equal(8, words.Split('-').Length);

        foreach (var typed in new[] { words, words.ToUpperInvariant(), words.Replace('-', ' '), $"  {words.Replace("-", ", ", StringComparison.Ordinal)}\n", string.Concat(words.Select(c => c is '-' ? '　' : (char)(c + 0xfee0))) })
        {
            Assert.Equal(RoomCodeError.None, RoomCode.TryParse(typed, out var read, out _, out _));
            Assert.Equal(words, read!.FormatWords());
            Assert.Null(read.Relay);
        }
    }

    [Fact]
    public void A_link_holds_the_relay_and_is_no_secret_for_a_chat()
    {
        using var code = RoomCode.Generate(Relay, new SeededRandomForTestsOnly(2));

        foreach (var text in new[] { code.FormatText(), code.FormatQr(), code.FormatLink("https://chat.example/") })
        {
            Assert.Equal(RoomCodeError.None, RoomCode.TryParse(text, out var read, out _, out _));
            Assert.Equal((code.FormatWords(), Relay), (read!.FormatWords(), read.Relay));
            Assert.Equal(SecretError.OtherKind, Secret.TryParse(text, out _));
        }
        Assert.Equal(RoomCodeError.Typo, RoomCode.TryParse(code.FormatText()[..^1], out _, out _, out _));
    }

    [Fact]
    public void One_wrong_letter_is_found_and_named()
    {
        using var code = RoomCode.Generate(Relay, new SeededRandomForTestsOnly(3));
        var words = code.FormatWords().Split('-');
        for (var i = 0; i < words.Length; i++)
        {
            var typed = words.ToArray();
            typed[i] = typed[i][0] + "q" + typed[i][1..];

            Assert.Equal(RoomCodeError.Typo, RoomCode.TryParse(string.Join(' ', typed), out _, out var position, out var suggestion));
            Assert.Equal((i + 1, words[i]), (position, suggestion));
        }
    }

    [Fact]
    public void Another_word_of_the_list_is_a_typo_all_the_same()
    {
        using var code = RoomCode.Generate(Relay, new SeededRandomForTestsOnly(4));
        var words = code.FormatWords().Split('-');
        (words[0], words[1]) = (words[1], words[0]);

        Assert.Equal(RoomCodeError.Typo, RoomCode.TryParse(string.Join(' ', words), out _, out _, out _));
        Assert.Equal(RoomCodeError.Malformed, RoomCode.TryParse(string.Join(' ', words.Take(7)), out _, out _, out _));
    }
}
