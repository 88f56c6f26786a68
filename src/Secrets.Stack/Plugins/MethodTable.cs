using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>All methods that a node offers, what anonymous peers may call of them, and what <c>manifest</c> and <c>help</c> say.</summary>
internal sealed class MethodTable
{
    private readonly Dictionary<string, MethodEntry> _methods = new(StringComparer.Ordinal);
    private readonly List<Plugin> _plugins = [];
    private readonly List<string> _anonymous = [];

    /// <summary>What everybody may call.</summary>
    public StackPermissions Anonymous { get; private set; } = StackPermissions.Allow();

    /// <summary>Adds a plugin's methods.</summary>
    /// <exception cref="ArgumentException">A path is taken, or one of a method and a group.</exception>
    public void Add(Plugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        foreach (var (path, method) in plugin.Methods)
        {
            if (_methods.Keys.Any(known => MethodPath.IsWithin(path, known) || MethodPath.IsWithin(known, path)))
                throw new ArgumentException("Two methods have one path, or a method's path is a group.");
            _methods.Add(path, new MethodEntry(method));
        }

        _plugins.Add(plugin);
        _anonymous.AddRange(plugin.Anonymous);
        Anonymous = StackPermissions.Allow([.. _anonymous]);
    }

    /// <summary>Checks that what plugins need is there.</summary>
    /// <exception cref="ArgumentException">It isn't.</exception>
    public void CheckNeeds()
    {
        if (_plugins.SelectMany(static plugin => plugin.Needed).FirstOrDefault(name => !_plugins.Exists(plugin => plugin.Name == name)) is { } missing)
            throw new ArgumentException($"A plugin needs the plugin {missing}.");
    }

    /// <summary>Finds a method for the node itself.</summary>
    public MethodEntry? Find(string path) => _methods.GetValueOrDefault(path);

    /// <summary>Finds the method if the peer may call it and calls it as what it is; else says why not, in words for the peer.</summary>
    public MethodEntry? Find(RpcRequest request, RpcMethodType type, StackPermissions permissions, out string message)
    {
        message = "";
        if (permissions.Denies(request.Path))
            message = $"method:{request.Display} is on list of disallowed methods";
        else if (!permissions.Allows(request.Path))
            message = $"method:{request.Display} is not in list of allowed methods";
        else if (_methods.TryGetValue(request.Path, out var entry) && Normal(entry.Method.Type) == type)
            return entry;
        else
            message = $"no {Name(type)}:{request.Display}";
        return null;
    }

    public static string Name(RpcMethodType type) => type switch
    {
        RpcMethodType.Async => "async",
        RpcMethodType.Sync => "sync",
        RpcMethodType.Source => "source",
        RpcMethodType.Sink => "sink",
        RpcMethodType.Duplex => "duplex",
    };

    /// <summary>The tree of all methods with their types.</summary>
    public JsonObject WriteManifest()
    {
        var root = new JsonObject();
        foreach (var (path, entry) in _methods)
        {
            var parts = path.Split('.');
            var group = root;
            foreach (var part in parts.AsSpan(0, parts.Length - 1))
            {
                if (group[part] is null)
                    group[part] = new JsonObject();
                group = group[part]!.AsObject();
            }

            group[parts[^1]] = Name(entry.Method.Type);
        }

        return root;
    }

    /// <summary>What methods do and want, in the form that the command line tools of the JavaScript stack show.</summary>
    public JsonObject WriteHelp()
    {
        var commands = new JsonObject();
        foreach (var (path, entry) in _methods)
        {
            var arguments = new JsonObject();
            foreach (var argument in entry.Method.Arguments)
                arguments[argument.Name] = new JsonObject { ["type"] = argument.Type, ["description"] = argument.Description };
            commands[path] = new JsonObject { ["type"] = Name(entry.Method.Type), ["description"] = entry.Method.Description, ["args"] = arguments };
        }

        return new JsonObject
        {
            ["description"] = string.Join(' ', _plugins.Select(static plugin => plugin.Description).Where(static text => text.Length > 0)),
            ["commands"] = commands,
        };
    }

    // a sync method is called like an async one
    private static RpcMethodType Normal(RpcMethodType type) => type == RpcMethodType.Sync ? RpcMethodType.Async : type;
}
