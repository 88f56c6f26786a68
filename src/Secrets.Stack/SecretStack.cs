namespace Secrets.Stack;

/// <summary>A network's settings and plugins, from which nodes and clients are made.</summary>
/// <remarks>Guide: docs/guide/stack.md; spec: docs/protocol/stack.md §4.5.</remarks>
#pragma warning disable CA1711 // the name of what this is in the field
public sealed class SecretStack
#pragma warning restore CA1711
{
    private readonly List<Func<Plugin>> _plugins = [];
    private readonly List<IStackServer> _servers = [];

    private SecretStack(StackOptions options) => Options = options;

    internal StackOptions Options { get; }

    internal IReadOnlyList<IStackServer> Servers => _servers;

    /// <summary>True in a program that never blocks a thread.</summary>
    internal static bool PrefersLatency { get; set; }

    /// <summary>For programs that never block a thread: calls one after the other take half the time and less. Said once, before anything in the process uses a socket.</summary>
    /// <remarks>
    /// Methods, and what follows an awaited call, run where the packet was received, on .NET's few threads for all sockets of the process, also those of others: whoever blocks there holds up all of them,
    /// and whoever blocks until a call is answered waits for ever. A thread that more is likely to come to looks for it for some microseconds before it sleeps, which takes processor time. Guide: docs/guide/stack.md.
    /// </remarks>
    public static void PreferLatency()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        PrefersLatency = true;
    }

    /// <summary>A stack without plugins. The app key must be set; the options aren't changed afterwards.</summary>
    /// <exception cref="ArgumentException">There is no app key.</exception>
    public static SecretStack Create(Action<StackOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new StackOptions();
        configure(options);
        if (options.AppKey == default)
            throw new ArgumentException("The app key isn't set.", nameof(configure));
        return new SecretStack(options);
    }

    /// <summary>Adds a plugin that is a class; each node gets an instance of its own.</summary>
    public SecretStack Use<TPlugin>() where TPlugin : IStackPlugin, new()
    {
        _plugins.Add(static () => new TPlugin().Build());
        return this;
    }

    /// <summary>Adds a plugin; all nodes of this stack share it.</summary>
    public SecretStack Use(Plugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        _plugins.Add(() => plugin);
        return this;
    }

    /// <summary>Adds what can listen at a kind of address; the system's TCP and Unix sockets are there already.</summary>
    public SecretStack Use(IStackServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        _servers.Add(server);
        return this;
    }

    /// <summary>A node that listens nowhere yet. The keys stay the caller's and must outlive it.</summary>
    /// <exception cref="ArgumentException">Two methods have one path, or a plugin lacks one that it needs.</exception>
    public StackNode CreateNode(StackKeys keys, Action<NodeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var options = new NodeOptions();
        configure?.Invoke(options);
        return new StackNode(this, keys, options, [.. _plugins.Select(static build => build())]);
    }

    /// <summary>A node that listens where <see cref="NodeOptions.Listen(ReadOnlySpan{string})"/> says.</summary>
    /// <exception cref="ArgumentException">Two methods have one path, a plugin lacks one that it needs, or nothing here listens at such an address.</exception>
    /// <exception cref="IOException">An address is taken, or not ours to use.</exception>
    public async Task<StackNode> StartAsync(StackKeys keys, Action<NodeOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var node = CreateNode(keys, configure);
        try
        {
            await node.ListenAsync(cancellationToken).ConfigureAwait(false);
            return node;
        }
        catch
        {
            await node.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A node that only dials and offers nothing, not even a manifest. The keys stay the caller's and must outlive it.</summary>
    public StackNode CreateClient(StackKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new StackNode(this, keys, options: null, []);
    }

    /// <summary>The same with the keys of a 32-byte seed, wiped with the node; the caller wipes its own copy.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public StackNode CreateClient(ReadOnlySpan<byte> seed) => new(this, StackKeys.FromSeed(seed), options: null, [], ownsKeys: true);

    /// <summary>The same with new keys that nobody will see again, wiped with the node.</summary>
    public StackNode CreateClient() => new(this, StackKeys.Generate(Options.RandomSource), options: null, [], ownsKeys: true);
}
