namespace Secrets.Stack;

/// <summary>A named group of methods that a node offers. Closed by default: what strangers may call is listed.</summary>
/// <remarks>A method name may have dots of its own, for a group within the group. Spec: docs/protocol/stack.md §4.5.</remarks>
public sealed class Plugin
{
    private readonly Dictionary<string, RpcMethod> _methods = new(StringComparer.Ordinal);
    private readonly List<string> _anonymous = [];
    private readonly List<string> _needs = [];
    private Action<StackNode>? _initialize;

    /// <summary>A plugin with a name; the empty name puts its methods at the top.</summary>
    /// <exception cref="ArgumentException">The name has a character that isn't a letter, a digit or an underscore, or is reserved.</exception>
    public Plugin(string name, string description = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(description);
        if (name.Length > 0 && !MethodPath.IsName(name))
            throw new ArgumentException("A plugin's name has letters, digits and underscores.", nameof(name));
        Name = name;
        Description = description;
    }

    /// <summary>The name: the first part of its methods' paths.</summary>
    public string Name { get; }

    /// <summary>What it is for, for <c>help</c>.</summary>
    public string Description { get; }

    internal IReadOnlyDictionary<string, RpcMethod> Methods => _methods;

    internal IReadOnlyList<string> Anonymous => _anonymous;

    internal IReadOnlyList<string> Needed => _needs;

    /// <summary>A method, by its name in this plugin. Each is set once.</summary>
    /// <exception cref="ArgumentException">The name can't be one, or is taken.</exception>
    public RpcMethod this[string method]
    {
        get => _methods[Path(method)];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _methods.Add(Path(method), value);
        }
    }

    /// <summary>Adds methods that serve a <see cref="MethodDefinition"/>, at its path.</summary>
    /// <exception cref="ArgumentException">One was made without a definition, is of another plugin, or its path is taken.</exception>
    public Plugin Add(params ReadOnlySpan<RpcMethod> methods)
    {
        foreach (var method in methods)
        {
            ArgumentNullException.ThrowIfNull(method, nameof(methods));
            if (method.Path is null)
                throw new ArgumentException("A method without a definition has no path; set it by its name.", nameof(methods));
            _methods.Add(Own(method.Path), method);
        }

        return this;
    }

    /// <summary>Lets everybody who has the app key call these methods of this plugin.</summary>
    /// <exception cref="ArgumentException">One is of another plugin.</exception>
    public Plugin AllowAnonymous(params ReadOnlySpan<MethodDefinition> methods)
    {
        foreach (var method in methods)
        {
            ArgumentNullException.ThrowIfNull(method, nameof(methods));
            _anonymous.Add(Own(method.Path));
        }

        return this;
    }

    /// <summary>Lets everybody who has the app key call these methods of this plugin (or groups of them).</summary>
    public Plugin AllowAnonymous(params ReadOnlySpan<string> methods)
    {
        foreach (var method in methods)
            _anonymous.Add(Path(method));
        return this;
    }

    /// <summary>Names plugins that must be there too, or no node starts.</summary>
    public Plugin Needs(params ReadOnlySpan<string> plugins)
    {
        _needs.AddRange(plugins);
        return this;
    }

    /// <summary>Runs when a node has this plugin's methods, in the order in which plugins were added: the place for hooks and events.</summary>
    public Plugin Initialize(Action<StackNode> initialize)
    {
        _initialize += initialize;
        return this;
    }

    internal void Start(StackNode node) => _initialize?.Invoke(node);

    private string Own(string path) =>
        Name.Length == 0 || (MethodPath.IsWithin(path, Name) && path.Length > Name.Length) ? path : throw new ArgumentException("A method of another plugin.", nameof(path));

    private string Path(string method)
    {
        if (!MethodPath.IsPath(method))
            throw new ArgumentException("A method's name has letters, digits and underscores, with dots between groups.", nameof(method));
        return Name.Length == 0 ? method : $"{Name}.{method}";
    }
}
