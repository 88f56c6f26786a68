using System.Buffers;
using System.Globalization;
using System.Net;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>The pieces of address texts.</summary>
/// <remarks>Spec: docs/protocol/stack.md §3.5.</remarks>
internal static class AddressText
{
    /// <summary>Length of a host name at most.</summary>
    public const int MaxHostLength = 255;

    /// <summary>Length of a path at most.</summary>
    public const int MaxPathLength = 255;

    private static readonly SearchValues<char> ScopeSigns = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.");

    /// <summary>A host is an IPv6 address, perhaps with a scope, or has letters, digits and <c>-._</c>: nothing that needs escapes.</summary>
    public static bool IsHost(string host)
    {
        if (host.Length is 0 or > MaxHostLength)
            return false;
        if (!host.Contains(':', StringComparison.Ordinal))
            return host.All(IsNameSign);
        var percent = host.IndexOf('%', StringComparison.Ordinal);
        var address = percent < 0 ? host : host[..percent];
        return (percent < 0 || (percent < host.Length - 1 && host.AsSpan(percent + 1).IndexOfAnyExcept(ScopeSigns) < 0))
            && !address.Contains('[', StringComparison.Ordinal)
            && IPAddress.TryParse(address, out _);
    }

    /// <summary>A path starts with <c>/</c> and has visible ASCII without the signs that addresses use.</summary>
    public static bool IsPath(string path) =>
        path.Length is > 0 and <= MaxPathLength && path[0] == '/'
        && path.All(static c => c is > ' ' and < '\x7f' and not ('~' or ';' or '!' or '#' or '?' or '\\' or '"' or '<' or '>'));

    /// <summary>An absolute path of a file, short enough for a socket, without signs that addresses use.</summary>
    public static bool IsFilePath(string path) => path.Length is > 1 and <= 100 && IsPath(path) && !path.Contains(':', StringComparison.Ordinal);

    /// <summary>The name of an onion service.</summary>
    public static bool IsOnion(string host) => host.EndsWith(".onion", StringComparison.Ordinal) && host.Length > ".onion".Length;

    /// <summary>A port: decimal digits, 1 (or 0, for any free one) to 65535.</summary>
    public static bool TryReadPort(ReadOnlySpan<char> text, int first, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && text.Length <= 5 && port >= first && port <= ushort.MaxValue;

    /// <summary>A key: base64 of 32 bytes in either alphabet, with or without <c>@</c> before and <c>.ed25519</c> after.</summary>
    public static bool TryReadKey(ReadOnlySpan<char> text, out Ed25519PublicKey key)
    {
        key = default;
        if (text.StartsWith('@'))
            text = text[1..];
        if (text.EndsWith(".ed25519", StringComparison.Ordinal))
            text = text[..^".ed25519".Length];
        text = text.TrimEnd('=');
        if (text.Length != 43)
            return false;
        Span<char> padded = stackalloc char[44];
        for (var i = 0; i < text.Length; i++)
            padded[i] = text[i] switch { '-' => '+', '_' => '/', var other => other };
        padded[43] = '=';
        Span<byte> bytes = stackalloc byte[Ed25519PublicKey.Size];
        return Convert.TryFromBase64Chars(padded, bytes, out var written) && written == bytes.Length && Ed25519PublicKey.TryRead(bytes, out key);
    }

    /// <summary>A key as the JavaScript stack names a peer.</summary>
    public static string FormatId(Ed25519PublicKey key) => $"@{Convert.ToBase64String(key.Bytes)}.ed25519";

    private static bool IsNameSign(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.' or '_';
}
