namespace Secrets.Stack;

/// <summary>Names and paths of methods: <c>group.method</c>.</summary>
internal static class MethodPath
{
    /// <summary>How many parts a path may have.</summary>
    public const int MaxParts = 8;

    /// <summary>Letters, digits and underscores of ASCII; not a name that means something on every JavaScript object.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 64
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && name is not ("constructor" or "toString" or "valueOf" or "hasOwnProperty" or "prototype")
        && !name.StartsWith("__", StringComparison.Ordinal);

    /// <summary>Names with dots between them.</summary>
    public static bool IsPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('.');
        return parts.Length <= MaxParts && Array.TrueForAll(parts, IsName);
    }

    /// <summary>True if a path is the prefix itself or lies in the group that the prefix names.</summary>
    public static bool IsWithin(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '.');
}
