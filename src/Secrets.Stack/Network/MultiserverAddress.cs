using System.Diagnostics.CodeAnalysis;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>Where a node is and which key it has: one way to it or several, as <c>net:host:port~shs:KEY;ws://host:port~shs:KEY</c>.</summary>
/// <remarks>All alternatives have one key. Spec: docs/protocol/stack.md §3.5.</remarks>
public sealed class MultiserverAddress : IEquatable<MultiserverAddress>
{
    /// <summary>Length of a text at most.</summary>
    public const int MaxLength = 4096;

    /// <summary>Alternatives of an address at most.</summary>
    public const int MaxEndpoints = 16;

    private readonly Lazy<X25519PublicKey?> _agreement;

    /// <summary>An address from its parts.</summary>
    /// <exception cref="ArgumentException">There is no endpoint, or more than <see cref="MaxEndpoints"/>.</exception>
    public MultiserverAddress(Ed25519PublicKey key, params ReadOnlySpan<StackEndpoint> endpoints)
    {
        if (endpoints.IsEmpty || endpoints.Length > MaxEndpoints)
            throw new ArgumentException("An address has 1 to 16 endpoints.", nameof(endpoints));
        Key = key;
        Endpoints = endpoints.ToArray();
        _agreement = new Lazy<X25519PublicKey?>(() => key.TryConvertToX25519(out var agreement) ? agreement : null, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The key that the node must have.</summary>
    public Ed25519PublicKey Key { get; }

    /// <summary>The key on the same curve with which a client agrees, once for all connections to this address; null for a key that has none.</summary>
    internal X25519PublicKey? Agreement => _agreement.Value;

    /// <summary>The ways to it, best first.</summary>
    public IReadOnlyList<StackEndpoint> Endpoints { get; }

    /// <summary>
    /// Reads a text. Alternatives of unknown kind (other transports, other transforms) are passed over; false if none is left,
    /// if two have different keys, or if the text is too long.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MultiserverAddress? address)
    {
        address = null;
        if (text is null || text.Length > MaxLength)
            return false;
        var endpoints = new List<StackEndpoint>();
        var key = default(Ed25519PublicKey);
        foreach (var alternative in text.Split(';'))
        {
            if (!TryParseOne(alternative, out var endpoint, out var endpointKey))
                continue;
            if (endpoints.Count == MaxEndpoints || (endpoints.Count > 0 && endpointKey != key))
                return false;
            key = endpointKey;
            endpoints.Add(endpoint);
        }

        if (endpoints.Count == 0)
            return false;
        address = new MultiserverAddress(key, [.. endpoints]);
        return true;
    }

    /// <summary>Reads an address to listen at: <c>transport~shs</c>, as keys are the node's; port 0 is any free one.</summary>
    internal static bool TryParseListening(string text, [NotNullWhen(true)] out StackEndpoint? endpoint)
    {
        ArgumentNullException.ThrowIfNull(text);
        endpoint = null;
        return text.EndsWith("~shs", StringComparison.Ordinal) && TryParseEndpoint(text[..^"~shs".Length], firstPort: 0, out endpoint);
    }

    /// <summary>The text form.</summary>
    public override string ToString()
    {
        var shs = $"~shs:{Convert.ToBase64String(Key.Bytes)}";
        return string.Join(';', Endpoints.Select(endpoint => endpoint + shs));
    }

    /// <inheritdoc/>
    public bool Equals(MultiserverAddress? other) => other is not null && Key == other.Key && Endpoints.SequenceEqual(other.Endpoints);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MultiserverAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Endpoints.Count, Endpoints[0]);

    private static bool TryParseOne(string text, [NotNullWhen(true)] out StackEndpoint? endpoint, out Ed25519PublicKey key)
    {
        endpoint = null;
        key = default;
        var parts = text.Trim().Split('~');
        // escapes ('!') can't be in what we dial; a seed behind the key (a second ':') is somebody's secret, not an address
        return parts.Length == 2
            && parts[1].StartsWith("shs:", StringComparison.Ordinal)
            && AddressText.TryReadKey(parts[1].AsSpan("shs:".Length), out key)
            && TryParseEndpoint(parts[0], firstPort: 1, out endpoint);
    }

    private static bool TryParseEndpoint(string text, int firstPort, [NotNullWhen(true)] out StackEndpoint? endpoint)
    {
        endpoint = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;
        var rest = text[(colon + 1)..];
        return text[..colon] switch
        {
            "net" => TryParseTcp(StackTransport.Tcp, rest, firstPort, out endpoint),
            "onion" => TryParseTcp(StackTransport.Onion, rest, firstPort, out endpoint),
            "unix" => StackEndpoint.TryCreate(StackTransport.Unix, "", 0, rest, out endpoint),
            "ws" => TryParseWebSocket(StackTransport.WebSocket, rest, 80, firstPort, out endpoint),
            "wss" => TryParseWebSocket(StackTransport.SecureWebSocket, rest, 443, firstPort, out endpoint),
            _ => false,
        };
    }

    private static bool TryParseTcp(StackTransport transport, string text, int firstPort, [NotNullWhen(true)] out StackEndpoint? endpoint)
    {
        endpoint = null;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !AddressText.TryReadPort(text.AsSpan(colon + 1), firstPort, out var port))
            return false;
        var host = colon == 0 ? "localhost" : text[..colon];
        return StackEndpoint.TryCreate(transport, host, port, "/", out endpoint, firstPort);
    }

    private static bool TryParseWebSocket(StackTransport transport, string text, int port, int firstPort, [NotNullWhen(true)] out StackEndpoint? endpoint)
    {
        endpoint = null;
        if (!text.StartsWith("//", StringComparison.Ordinal))
            return false;
        text = text[2..];
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "/" : text[slash..];
        var authority = slash < 0 ? text : text[..slash];
        var close = authority.IndexOf(']', StringComparison.Ordinal);
        var colon = authority.IndexOf(':', close < 0 ? 0 : close);
        if (colon >= 0 && !AddressText.TryReadPort(authority.AsSpan(colon + 1), firstPort, out port))
            return false;
        var host = colon < 0 ? authority : authority[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (isBracketed)
            host = host[1..^1];
        return isBracketed == host.Contains(':', StringComparison.Ordinal) && StackEndpoint.TryCreate(transport, host, port, path, out endpoint, firstPort);
    }
}
