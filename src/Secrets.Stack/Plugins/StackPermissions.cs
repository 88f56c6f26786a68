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
    public StackPermissions Except(params ReadOnlySpan<string> paths) => new(_everything, _allow, [.. _deny, .. Check(paths)]);

    internal bool Allows(string path) =>
        (_everything || Array.Exists(_allow, prefix => MethodPath.IsWithin(path, prefix))) && !Denies(path);

    internal bool Denies(string path) => Array.Exists(_deny, prefix => MethodPath.IsWithin(path, prefix));

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
