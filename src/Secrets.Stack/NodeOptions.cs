using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>What is particular to one node: where it listens and what it lets others do.</summary>
public sealed class NodeOptions
{
    private readonly List<(StackScopes Scopes, string Address)> _listen = [];
    private readonly Dictionary<Ed25519PublicKey, StackPermissions> _permissions = [];

    /// <summary>What everybody may call who has the app key. Not set: what the plugins list for it.</summary>
    public StackPermissions? Anonymous { get; set; }

    /// <summary>The host's name or address as others see it, where it isn't the one of a network interface; told to scope <see cref="StackScopes.Public"/>.</summary>
    public string? ExternalHost { get; set; }

    internal IReadOnlyList<(StackScopes Scopes, string Address)> ListenAddresses => _listen;

    internal IReadOnlyDictionary<Ed25519PublicKey, StackPermissions> Permissions => _permissions;

    /// <summary>Listens at these addresses, such as <c>net:0.0.0.0:8008~shs</c>, told to everybody. Port 0 is any free one.</summary>
    public NodeOptions Listen(params ReadOnlySpan<string> addresses) => Listen(StackScopes.All, addresses);

    /// <summary>Listens at these addresses, told to peers of these scopes.</summary>
    public NodeOptions Listen(StackScopes scopes, params ReadOnlySpan<string> addresses)
    {
        foreach (var address in addresses)
            _listen.Add((scopes, address));
        return this;
    }

    /// <summary>Gives a key permissions of its own.</summary>
    public NodeOptions Permit(Ed25519PublicKey key, StackPermissions permissions)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        _permissions[key] = permissions;
        return this;
    }

    /// <summary>Lets a key, such as the one of its host's command line, call everything.</summary>
    public NodeOptions Master(Ed25519PublicKey key) => Permit(key, StackPermissions.Everything);
}
