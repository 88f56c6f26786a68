using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The text form of codes: prefix ‖ "1" ‖ data in 32 characters ‖ 6 characters of checksum.</summary>
/// <remarks>
/// Bech32m (BIP 350) with another final constant for each prefix, so that a code with its prefix exchanged never passes (E-9).
/// Upper case is the QR form. Spec: docs/protocol/sessions.md §3.2.
/// </remarks>
internal static class CodeText
{
    public const int MaxDataSize = 512;
    public const int MaxLength = 1024;

    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;
    private static readonly string[] Prefixes = ["secret", "device", "vault", "room", "paper"];

    /// <summary>The link: the address of the app, "#", the line. What is behind "#" never leaves the browser.</summary>
    /// <exception cref="ArgumentException">The address has a "#" of its own.</exception>
    public static string FormatLink(string appAddress, string line)
    {
        ArgumentException.ThrowIfNullOrEmpty(appAddress);
        if (appAddress.Contains('#', StringComparison.Ordinal))
            throw new ArgumentException("The address of the app has no fragment.", nameof(appAddress));
        return appAddress + '#' + line;
    }

    public static string Encode(CodeKind kind, ReadOnlySpan<byte> data)
    {
        var prefix = Prefixes[(int)kind];
        var symbols = new byte[((data.Length * 8) + 4) / 5];
        for (var bit = 0; bit < data.Length * 8; bit++)
        {
            if ((data[bit / 8] >> (7 - (bit % 8)) & 1) == 1)
                symbols[bit / 5] |= (byte)(16 >> (bit % 5));
        }
        var checksum = Polymod(prefix, symbols) ^ Constant(prefix);
        var text = new StringBuilder(prefix).Append('1');
        foreach (var symbol in symbols)
            _ = text.Append(Alphabet[symbol]);
        for (var i = 0; i < ChecksumLength; i++)
            _ = text.Append(Alphabet[(int)(checksum >> (5 * (ChecksumLength - 1 - i))) & 31]);
        CryptographicOperations.ZeroMemory(symbols);
        return text.ToString();
    }

    /// <summary>The line in a text as people pass it on: without the app's address before it, space around and inside, and capitals.</summary>
    public static bool TryNormalise(ReadOnlySpan<char> text, Span<char> line, out int length)
    {
        length = 0;
        var fragment = text.LastIndexOf('#');
        foreach (var letter in text[(fragment + 1)..].Trim(" \t\r\n<>()\"'.,;\u00a0\u200b\ufeff"))
        {
            if (char.IsWhiteSpace(letter))
                continue; // mail programs break long lines
            if (length == line.Length)
                return false;
            line[length++] = letter is >= 'A' and <= 'Z' ? (char)(letter | 0x20) : letter;
        }
        return true;
    }

    /// <summary>Reads one line in one case, nothing around it.</summary>
    public static SecretError TryDecode(ReadOnlySpan<char> text, CodeKind wanted, Span<byte> data, out int length)
    {
        length = 0;
        var separator = text.IndexOf('1'); // no prefix has a 1; a wrong 1 later on is a typing mistake
        if (separator < 0 || text.Length > MaxLength)
            return SecretError.Malformed;
        var kind = Prefixes.AsSpan().IndexOf(text[..separator].ToString());
        if (kind < 0)
            return SecretError.Malformed;
        var encoded = text[(separator + 1)..];
        var symbols = new byte[encoded.Length];
        for (var i = 0; i < encoded.Length; i++)
        {
            var value = Alphabet.IndexOf(encoded[i], StringComparison.Ordinal);
            if (value < 0)
                return SecretError.Typo;
            symbols[i] = (byte)value;
        }
        if (encoded.Length < ChecksumLength || Polymod(Prefixes[kind], symbols.AsSpan(..^ChecksumLength), symbols.AsSpan(^ChecksumLength..)) != Constant(Prefixes[kind]))
            return SecretError.Typo;
        if ((CodeKind)kind != wanted)
            return SecretError.OtherKind;
        return TryPack(symbols.AsSpan(..^ChecksumLength), data, out length) ? SecretError.None : SecretError.Malformed;
    }

    private static bool TryPack(ReadOnlySpan<byte> symbols, Span<byte> data, out int length)
    {
        length = symbols.Length * 5 / 8;
        if (length > data.Length || (length * 8 + 4) / 5 != symbols.Length)
            return false;
        data[..length].Clear();
        for (var bit = 0; bit < symbols.Length * 5; bit++)
        {
            if ((symbols[bit / 5] >> (4 - (bit % 5)) & 1) == 0)
                continue;
            if (bit >= length * 8)
                return false; // the bits that fill the last character are zero
            data[bit / 8] |= (byte)(128 >> (bit % 8));
        }
        return true;
    }

    private static uint Polymod(string prefix, ReadOnlySpan<byte> symbols) => Polymod(prefix, symbols, stackalloc byte[ChecksumLength]);

    private static uint Polymod(string prefix, ReadOnlySpan<byte> symbols, ReadOnlySpan<byte> checksum)
    {
        var state = 1u;
        foreach (var letter in prefix)
            state = Next(state, (uint)letter >> 5);
        state = Next(state, 0);
        foreach (var letter in prefix)
            state = Next(state, (uint)letter & 31);
        foreach (var symbol in symbols)
            state = Next(state, symbol);
        foreach (var symbol in checksum)
            state = Next(state, symbol);
        return state;
    }

    private static uint Next(uint state, uint value)
    {
        var top = state >> 25;
        state = ((state & 0x1ffffff) << 5) ^ value;
        for (var i = 0; i < Generator.Length; i++)
        {
            if ((top >> i & 1) == 1)
                state ^= Generator[i];
        }
        return state;
    }

    private static uint Constant(string prefix)
    {
        var hash = LabelledHash.Start(Labels.Text).Add(System.Text.Encoding.ASCII.GetBytes(prefix)).Finish();
        return BinaryPrimitives.ReadUInt32BigEndian(hash.Bytes) >> 2;
    }

    private static ReadOnlySpan<uint> Generator => [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
}
