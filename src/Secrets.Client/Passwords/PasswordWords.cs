using Secrets.Crypto;
using Secrets.Protocol.Rooms;

namespace Secrets.Client.Passwords;

/// <summary>Passwords of words that people can keep in mind: each word is one of 7,776, so six of them are 77 bits.</summary>
/// <remarks>The words are the Electronic Frontier Foundation's large list (Joseph Bonneau, 2016; CC BY 3.0 US), made for being remembered and typed.</remarks>
public static class PasswordWords
{
    /// <summary>Fewest words: 51 bits, enough against guessing at Argon2id's price.</summary>
    public const int MinimumCount = 4;

    /// <summary>Most words.</summary>
    public const int MaximumCount = 12;

    /// <summary>That many words, drawn evenly and with repetition, with hyphens between.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer or more words than make sense.</exception>
    public static string Generate(int count, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, MinimumCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaximumCount);
        ArgumentNullException.ThrowIfNull(random);
        var list = WordList.All;
        // the few words that have a hyphen themselves stay as they are: they are still one of the list
        return string.Join('-', Enumerable.Range(0, count).Select(_ => list[(int)random.Next((uint)list.Count)]));
    }
}
