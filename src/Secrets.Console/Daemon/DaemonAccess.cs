using Secrets.Client.Api;
using Secrets.Console.Cli;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Console.Daemon;

/// <summary>Which keys a daemon lets in, and what each may call. Nobody else gets through the handshake.</summary>
internal sealed class DaemonAccess
{
    private const string Suffix = ".ed25519";

    // what is there and how it is called is told to everybody who is let in
    private static readonly string[] Always = ["manifest", "help"];

    private readonly Dictionary<Ed25519PublicKey, StackPermissions> _keys = [];

    /// <summary>True if a key was named by the person.</summary>
    public bool HasNamed { get; private set; }

    /// <summary>Reads what stands behind each <c>--allow</c>.</summary>
    public static DaemonAccess Parse(IEnumerable<string> texts)
    {
        var access = new DaemonAccess();
        foreach (var text in texts)
            access.Add(text);
        return access;
    }

    /// <summary>Lets a key call everything.</summary>
    public void AllowAll(Ed25519PublicKey key) => _keys[key] = StackPermissions.Everything;

    /// <summary>Tells a node; a key that is not named is refused within the handshake.</summary>
    public Plugin Guard(Plugin plugin) => plugin.Initialize(node => node.HookAuth((key, next, _) => _keys.ContainsKey(key) ? next() : ValueTask.FromResult<StackPermissions?>(null)));

    /// <inheritdoc cref="Guard"/>
    public void Apply(NodeOptions options)
    {
        options.Anonymous = StackPermissions.Allow();
        foreach (var (key, permissions) in _keys)
            _ = options.Permit(key, permissions);
    }

    private void Add(string text)
    {
        // a key in base64 may end in "=" itself
        var end = text.IndexOf(Suffix, StringComparison.Ordinal);
        var rest = end < 0 ? "" : text[(end + Suffix.Length)..];
        Span<byte> bytes = stackalloc byte[Ed25519PublicKey.Size];
        if (end < 1 || text[0] != '@' || rest is "=" or [not '=', ..] || !Convert.TryFromBase64String(text[1..end], bytes, out var size) || size != bytes.Length || !Ed25519PublicKey.TryRead(bytes, out var key))
            throw new RefusedException("--allow takes a key, @KEY.ed25519, and perhaps what it may call: @KEY.ed25519=events,messages.send", ExitCode.Usage);
        var permissions = StackPermissions.Allow([.. rest.Length == 0 ? ApiPlugin.Methods : Methods(rest[1..]), .. Always]);
        if (!_keys.TryAdd(key, permissions))
            throw new RefusedException("--allow names a key twice. Name all that it may call at once, with commas.", ExitCode.Usage);
        HasNamed = true;
    }

    private static string[] Methods(string list)
    {
        var names = list.Split(',');
        var unknown = names.FirstOrDefault(name => !ApiPlugin.Methods.Any(method => method == name || method.StartsWith(name + ".", StringComparison.Ordinal)));
        return unknown is null ? names : throw new RefusedException($"There is no method {Output.Name(unknown)}. Methods and groups of them are in docs/protocol/api.md.", ExitCode.Usage);
    }
}
