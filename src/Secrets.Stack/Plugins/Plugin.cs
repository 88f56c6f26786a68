namespace Secrets.Stack;

/// <summary>A named group of methods that a node offers. Closed by default: what strangers may call is listed.</summary>
/// <remarks>A method name may have dots of its own, for a group within the group. Spec: docs/protocol/stack.md §4.5.</remarks>
public sealed class Plugin
{
    private readonly Dictionary<string, RpcMethod> _methods = new(StringComparer.Ordinal);
    private readonly List<string> _anonymous = [];

    /// <summary>A plugin with a name; the empty name puts its methods at the top.</summary>
    /// <exception cref="ArgumentException">The name has a character that isn't a letter, a digit or an underscore, or is reserved.</exception>
    public Plugin(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length > 0 && !MethodPath.IsName(name))
            throw new ArgumentException("A plugin's name has letters, digits and underscores.", nameof(name));
        Name = name;
    }

    /// <summary>The name: the first part of its methods' paths.</summary>
    public string Name { get; }

    internal IReadOnlyDictionary<string, RpcMethod> Methods => _methods;

    internal IReadOnlyList<string> Anonymous => _anonymous;

    /// <summary>Adds a method with one answer, later.</summary>
#pragma warning disable VSTHRD200 // the manifest's word for this type of method
    public Plugin Async(string method, RpcCall call) => Add(method, RpcMethodType.Async, call, stream: null);
#pragma warning restore VSTHRD200

    /// <summary>Adds a method with one answer, at once.</summary>
    public Plugin Sync(string method, RpcCall call) => Add(method, RpcMethodType.Sync, call, stream: null);

    /// <summary>Adds a method that sends items to the caller.</summary>
    public Plugin Source(string method, RpcStreamCall stream) => Add(method, RpcMethodType.Source, call: null, stream);

    /// <summary>Adds a method that takes items from the caller.</summary>
    public Plugin Sink(string method, RpcStreamCall stream) => Add(method, RpcMethodType.Sink, call: null, stream);

    /// <summary>Adds a method with items both ways.</summary>
    public Plugin Duplex(string method, RpcStreamCall stream) => Add(method, RpcMethodType.Duplex, call: null, stream);

    /// <summary>Lets everybody who has the app key call these methods of this plugin (or groups of them).</summary>
    public Plugin AllowAnonymous(params ReadOnlySpan<string> methods)
    {
        foreach (var method in methods)
            _anonymous.Add(Path(method));
        return this;
    }

    private Plugin Add(string method, RpcMethodType type, RpcCall? call, RpcStreamCall? stream)
    {
        if (call is null && stream is null)
            throw new ArgumentNullException(nameof(call));
        _methods.Add(Path(method), new RpcMethod(type, call, stream));
        return this;
    }

    private string Path(string method)
    {
        if (!MethodPath.IsPath(method))
            throw new ArgumentException("A method's name has letters, digits and underscores, with dots between groups.", nameof(method));
        return Name.Length == 0 ? method : $"{Name}.{method}";
    }
}
