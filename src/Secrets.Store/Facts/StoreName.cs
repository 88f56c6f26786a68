using System.Collections.Concurrent;

namespace Secrets.Store;

/// <summary>The rule for registered names, and one string per name however often it is read.</summary>
internal static class StoreName
{
    /// <summary>Longest name in bytes.</summary>
    public const int MaxSize = 32;

    // names come from authenticated commits, yet a hostile member must not fill memory: beyond this, strings are made anew
    private const int InternLimit = 4096;

    private static readonly ConcurrentDictionary<string, string> Interned = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Interned.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for 1 to 32 characters of a–z, 0–9, dot and hyphen.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxSize)
            return false;
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-'))
                return false;
        }
        return true;
    }

    /// <summary>Reads a name from its ASCII bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out string name)
    {
        name = "";
        Span<char> chars = stackalloc char[MaxSize];
        if (source.Length > MaxSize)
            return false;
        for (var i = 0; i < source.Length; i++)
            chars[i] = (char)source[i];
        chars = chars[..source.Length];
        if (!IsWellFormed(chars))
            return false;
        if (Lookup.TryGetValue(chars, out var known))
        {
            name = known;
            return true;
        }
        name = chars.ToString();
        if (Interned.Count < InternLimit)
            _ = Interned.TryAdd(name, name);
        return true;
    }
}
