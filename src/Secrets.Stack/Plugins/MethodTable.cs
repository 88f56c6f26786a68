using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>All methods that a node offers, what anonymous peers may call of them, and the manifest that says so.</summary>
internal sealed class MethodTable
{
    private readonly Dictionary<string, RpcMethod> _methods = new(StringComparer.Ordinal);
    private readonly string _manifest;

    public MethodTable(params ReadOnlySpan<Plugin> plugins)
    {
        var anonymous = new List<string>();
        var core = new Plugin("").Sync("manifest", (_, _, _) => ValueTask.FromResult(RpcValue.FromJson(JsonNode.Parse(_manifest!)))).AllowAnonymous("manifest");
        Add(core, anonymous);
        foreach (var plugin in plugins)
        {
            ArgumentNullException.ThrowIfNull(plugin);
            Add(plugin, anonymous);
        }

        Anonymous = StackPermissions.Allow([.. anonymous]);
        _manifest = WriteManifest().ToJsonString();
    }

    /// <summary>What everybody may call.</summary>
    public StackPermissions Anonymous { get; }

    /// <summary>Finds the method if the peer may call it and calls it as what it is; else says why not, in words for the peer.</summary>
    public RpcMethod? Find(RpcRequest request, RpcMethodType type, StackPermissions permissions, out string message)
    {
        message = "";
        if (permissions.Denies(request.Path))
            message = $"method:{request.Display} is on list of disallowed methods";
        else if (!permissions.Allows(request.Path))
            message = $"method:{request.Display} is not in list of allowed methods";
        else if (_methods.TryGetValue(request.Path, out var method) && Normal(method.Type) == type)
            return method;
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

    // a sync method is called like an async one
    private static RpcMethodType Normal(RpcMethodType type) => type == RpcMethodType.Sync ? RpcMethodType.Async : type;

    private void Add(Plugin plugin, List<string> anonymous)
    {
        foreach (var (path, method) in plugin.Methods)
        {
            if (!_methods.TryAdd(path, method))
                throw new ArgumentException("Two plugins have a method of the same path.");
        }

        anonymous.AddRange(plugin.Anonymous);
    }

    private JsonObject WriteManifest()
    {
        var root = new JsonObject();
        foreach (var (path, method) in _methods)
        {
            var parts = path.Split('.');
            var group = root;
            foreach (var part in parts.AsSpan(0, parts.Length - 1))
            {
                if (group[part] is null)
                    group[part] = new JsonObject();
                group = group[part] as JsonObject ?? throw new ArgumentException("A method can't be a group too.");
            }

            if (group.ContainsKey(parts[^1]))
                throw new ArgumentException("A method can't be a group too.");
            group[parts[^1]] = Name(method.Type);
        }

        return root;
    }
}
