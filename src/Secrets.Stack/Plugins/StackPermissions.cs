using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>Which methods a peer may call. A name opens the method, or the whole group, of that path.</summary>
/// <remarks>Nothing is allowed by leaving something out. Spec: docs/protocol/stack.md §4.5.</remarks>
public sealed class StackPermissions
{
    private readonly bool _everything;
    private readonly string[] _allow;
    private readonly string[] _deny;

    private StackPermissions(bool everything, string[] allow, string[] deny, bool isAnonymous = false)
    {
        _everything = everything;
        _allow = allow;
        _deny = deny;
        IsAnonymous = isAnonymous;
    }

    /// <summary>What the node's plugins allow to everybody.</summary>
    public static StackPermissions Anonymous { get; } = new(everything: false, [], [], isAnonymous: true);

    /// <summary>Every method of every plugin.</summary>
    public static StackPermissions Everything { get; } = new(everything: true, [], []);

    internal bool IsAnonymous { get; }

    /// <summary>These methods and groups, and no others.</summary>
    public static StackPermissions Allow(params ReadOnlySpan<string> paths) => new(everything: false, Check(paths), []);

    /// <summary>The same without these methods and groups.</summary>
    public StackPermissions Except(params ReadOnlySpan<string> paths) => paths.IsEmpty ? this : new(_everything, _allow, [.. _deny, .. Check(paths)], IsAnonymous);

    /// <summary>What it means on a node that lets everybody do <paramref name="anonymous"/>.</summary>
    internal StackPermissions Over(StackPermissions anonymous) => IsAnonymous ? anonymous.Except(_deny) : this;

    /// <summary>The form in which <c>auth</c> answers: null for what everybody may, else an object with <c>allow</c> (paths, or true for all) and <c>deny</c>.</summary>
    internal JsonNode? ToJson(StackPermissions anonymous)
    {
        if (IsAnonymous)
            return _deny.Length == 0 ? null : Over(anonymous).ToJson(anonymous);
        return new JsonObject { ["allow"] = _everything ? JsonValue.Create(true) : Write(_allow), ["deny"] = Write(_deny) };
    }

    /// <summary>Reads what <c>auth</c> answered; null refuses the peer. Closed by default: what isn't understood is a refusal, and an object must say what it allows.</summary>
    internal static StackPermissions? FromJson(JsonNode? node)
    {
        if (node is null)
            return Anonymous;
        if (node is JsonValue value && value.TryGetValue<bool>(out var isWanted))
            return isWanted ? Anonymous : null;
        if (node is not JsonObject { Count: <= 2 } lists || !lists.TryGetPropertyValue("allow", out var allow))
            return null;
        string[] deny = [];
        if (lists.Count == 2 && (!lists.TryGetPropertyValue("deny", out var denied) || !TryReadPaths(denied ?? new JsonArray(), out deny)))
            return null;
        if (allow is JsonValue all && all.TryGetValue<bool>(out var everything))
            return everything ? Everything.Except(deny) : null;
        return TryReadPaths(allow, out var allowed) ? Allow(allowed).Except(deny) : null;
    }

    internal bool Allows(string path) =>
        (_everything || Array.Exists(_allow, prefix => MethodPath.IsWithin(path, prefix))) && !Denies(path);

    internal bool Denies(string path) => Array.Exists(_deny, prefix => MethodPath.IsWithin(path, prefix));

    private static JsonArray Write(string[] paths)
    {
        var array = new JsonArray();
        foreach (var path in paths)
            array.Add((JsonNode?)JsonValue.Create(path));
        return array;
    }

    private static bool TryReadPaths(JsonNode? node, out string[] paths)
    {
        paths = [];
        if (node is not JsonArray array)
            return false;
        paths = [.. array.Select(static path => PacketBody.ReadText(path) ?? "")];
        return Array.TrueForAll(paths, MethodPath.IsPath);
    }

    private static string[] Check(ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (!MethodPath.IsPath(path))
                throw new ArgumentException("A path has names with dots between them.", nameof(paths));
        }

        return paths.ToArray();
    }
}
