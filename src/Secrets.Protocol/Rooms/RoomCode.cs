using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Rooms;

/// <summary>The code of a room: seven random words (90 bits) and a check word; with the relay's address, in its link.</summary>
/// <remarks>
/// The code is the key of everything in the room: whoever holds it can enter. Owned by whoever made it; wiped on disposal. Decision 24, 27.
/// Spec: docs/protocol/rooms.md §3.1.
/// </remarks>
public sealed class RoomCode : IDisposable
{
    /// <summary>Words that are the key.</summary>
    public const int WordCount = 7;

    /// <summary>Size of the words as numbers, in bytes.</summary>
    public const int Size = WordCount * sizeof(ushort);

    private const byte Version = 1;
    private const int MaxTyped = 512;

    private readonly SecretBuffer _words;

    private RoomCode(ReadOnlySpan<byte> words, string? relay)
    {
        _words = new SecretBuffer(words);
        Relay = relay;
    }

    /// <summary>The relay's address, if the code came as a link or was made for one; null: where it lies is not said.</summary>
    public string? Relay { get; }

    /// <summary>A new code for a room at a relay.</summary>
    /// <exception cref="ArgumentException">It is no address.</exception>
    public static RoomCode Generate(string relay, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        RelayAddresses.Check([relay]);
        Span<byte> words = stackalloc byte[Size];
        for (var i = 0; i < WordCount; i++)
            BinaryPrimitives.WriteUInt16BigEndian(words[(i * sizeof(ushort))..], (ushort)random.Next(WordList.PlainCount));
        var code = new RoomCode(words, relay);
        CryptographicOperations.ZeroMemory(words);
        return code;
    }

    /// <summary>Reads words or a link; says which word may be meant if exactly one other letter would make it right.</summary>
    /// <param name="text">What was typed, pasted or scanned.</param>
    /// <param name="code">The code.</param>
    /// <param name="position">The place of the word with the typo, from 1 on; 0 if that isn't known.</param>
    /// <param name="suggestion">The word that is meant there; null if that isn't known.</param>
    public static RoomCodeError TryParse(string text, out RoomCode? code, out int position, out string? suggestion)
    {
        ArgumentNullException.ThrowIfNull(text);
        (code, position, suggestion) = (null, 0, null);
        if (text.Length > CodeText.MaxLength * 2)
            return RoomCodeError.Malformed;
        var words = Split(text);
        return words.Count == WordCount + 1 && !text.Contains('#', StringComparison.Ordinal) ? TryReadWords(words, out code, out position, out suggestion) : TryReadLine(text, out code);
    }

    /// <summary>The code as it is said and typed: eight words with hyphens between.</summary>
    public string FormatWords() => $"{NormalForm()}-{WordList.Plain[CheckWord(NormalForm())]}";

    /// <summary>The line of text with the relay in it, lower case.</summary>
    /// <exception cref="InvalidOperationException">The code has no relay.</exception>
    public string FormatText()
    {
        Span<byte> data = stackalloc byte[CodeText.MaxDataSize];
        var writer = new WireWriter(data);
        writer.WriteByte(Version);
        writer.WriteFixed(_words.Bytes);
        RelayHint.Write(ref writer, Relay ?? throw new InvalidOperationException("A code that was typed has no relay."));
        var text = CodeText.Encode(CodeKind.RoomCode, data[..writer.Length]);
        CryptographicOperations.ZeroMemory(data);
        return text;
    }

    /// <summary>The content of the QR code: the line in upper case.</summary>
    public string FormatQr() => FormatText().ToUpperInvariant();

    /// <summary>The link: the address of the app, "#", the line. What is behind "#" never leaves the browser.</summary>
    /// <exception cref="ArgumentException">The address has a "#" of its own.</exception>
    public string FormatLink(string appAddress) => CodeText.FormatLink(appAddress, FormatText());

    /// <summary>The same code at this relay.</summary>
    /// <exception cref="ArgumentException">It is no address.</exception>
    public RoomCode At(string relay)
    {
        RelayAddresses.Check([relay]);
        return new RoomCode(_words.Bytes, relay);
    }

    /// <summary>Copies the words' numbers (14 bytes) out, for the state that a session comes back with.</summary>
    public void ExportForVault(Span<byte> destination) => _words.ExportForVault(destination);

    /// <summary>Wipes the code.</summary>
    public void Dispose() => _words.Dispose();

    /// <summary>The name of the type; never the words.</summary>
    public override string ToString() => nameof(RoomCode);

    /// <summary>The code of these numbers; false for a number without a word.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> words, string? relay, out RoomCode? code)
    {
        code = null;
        if (words.Length != Size)
            return false;
        for (var i = 0; i < WordCount; i++)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(words[(i * sizeof(ushort))..]) >= WordList.PlainCount)
                return false;
        }
        code = new RoomCode(words, relay);
        return true;
    }

    /// <summary>The seven words with hyphens between: what is hashed.</summary>
    internal string NormalForm() => string.Join('-', Enumerable.Range(0, WordCount).Select(i => WordList.Plain[BinaryPrimitives.ReadUInt16BigEndian(_words.Bytes[(i * sizeof(ushort))..])]));

    private static int CheckWord(string normalForm) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(LabelledHash.Start(Labels.Check).Add(Encoding.ASCII.GetBytes(normalForm)).Finish().Bytes) % WordList.PlainCount);

    // words of plain letters in lower case; whatever else stands between is no part of them
    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var typed in text.Length > MaxTyped ? text[..MaxTyped] : text)
        {
            // full-width forms, as some keyboards give them
            var letter = typed is >= '\uff21' and <= '\uff5a' ? (char)(typed - 0xfee0) : typed;
            if (letter is >= 'A' and <= 'Z')
                letter |= (char)0x20;
            if (char.IsLetter(letter))
            {
                _ = word.Append(letter);
                continue;
            }
            if (word.Length > 0)
                words.Add(word.ToString());
            _ = word.Clear();
        }
        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }

    private static RoomCodeError TryReadWords(List<string> words, out RoomCode? code, out int position, out string? suggestion)
    {
        (code, position, suggestion) = (null, 0, null);
        var numbers = words.ConvertAll(WordList.NumberOf);
        if (Check(numbers))
        {
            Span<byte> bytes = stackalloc byte[Size];
            for (var i = 0; i < WordCount; i++)
                BinaryPrimitives.WriteUInt16BigEndian(bytes[(i * sizeof(ushort))..], (ushort)numbers[i]);
            code = new RoomCode(bytes, null);
            CryptographicOperations.ZeroMemory(bytes);
            return RoomCodeError.None;
        }
        (position, suggestion) = FindTypo(words, numbers);
        return RoomCodeError.Typo;
    }

    // a word that is not in the list is the one that is wrong; if all are, each may be
    private static (int Position, string? Suggestion) FindTypo(List<string> words, List<int> numbers)
    {
        var unknown = numbers.Count(static number => number < 0);
        if (unknown > 1)
            return (numbers.IndexOf(-1) + 1, null);
        var found = new List<(int Position, string Word)>();
        for (var i = 0; i < words.Count; i++)
        {
            if (unknown == 1 && numbers[i] >= 0)
                continue;
            var typed = numbers[i];
            foreach (var near in WordList.Near(words[i]))
            {
                numbers[i] = near;
                if (Check(numbers))
                    found.Add((i + 1, WordList.Plain[near]));
            }
            numbers[i] = typed;
        }
        return found.Count == 1 ? found[0] : (numbers.IndexOf(-1) + 1, null);
    }

    private static bool Check(List<int> numbers) =>
        !numbers.Contains(-1) && CheckWord(string.Join('-', numbers.Take(WordCount).Select(static number => WordList.Plain[number]))) == numbers[WordCount];

    private static RoomCodeError TryReadLine(string text, out RoomCode? code)
    {
        code = null;
        Span<char> line = stackalloc char[CodeText.MaxLength];
        if (!CodeText.TryNormalise(text, line, out var length))
            return RoomCodeError.Malformed;
        Span<byte> data = stackalloc byte[CodeText.MaxDataSize];
        var error = CodeText.TryDecode(line[..length], CodeKind.RoomCode, data, out var size) switch
        {
            SecretError.None => TryReadData(data[..size], out code),
            SecretError.Typo => RoomCodeError.Typo,
            SecretError.OtherKind => RoomCodeError.OtherKind,
            _ => RoomCodeError.Malformed,
        };
        line.Clear();
        CryptographicOperations.ZeroMemory(data);
        return error;
    }

    private static RoomCodeError TryReadData(ReadOnlySpan<byte> data, out RoomCode? code)
    {
        code = null;
        var reader = new WireReader(data);
        if (!reader.TryReadByte(out var version))
            return RoomCodeError.Malformed;
        if (version != Version)
            return RoomCodeError.OtherVersion;
        return reader.TryReadFixed(Size, out var words) && RelayHint.TryRead(ref reader, out var relay) && reader.IsAtEnd && TryRead(words, relay, out code)
            ? RoomCodeError.None
            : RoomCodeError.Malformed;
    }
}
