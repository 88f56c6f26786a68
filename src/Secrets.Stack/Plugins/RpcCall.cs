using System.Text.Json.Nodes;
using Secrets.Crypto;

namespace Secrets.Stack;

/// <summary>One call of a method, as the method sees it: who asks, for what, and until when the answer is of use.</summary>
public sealed class RpcCall
{
    private readonly StackPeer? _peer;
    private readonly RpcDuplex? _stream;

    internal RpcCall(StackNode node, StackPeer? peer, string method, JsonArray arguments, RpcDuplex? stream, CancellationToken cancellationToken)
    {
        Node = node;
        _peer = peer;
        Method = method;
        Arguments = arguments;
        _stream = stream;
        CancellationToken = cancellationToken;
    }

    /// <summary>The node that serves the call.</summary>
    public StackNode Node { get; }

    /// <summary>The method's path, with dots.</summary>
    public string Method { get; }

    /// <summary>The arguments as they came.</summary>
    public JsonArray Arguments { get; }

    /// <summary>Fires when the answer is of no use any more: the caller gave up, is gone, or the time is up.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>True if the node calls its own method.</summary>
    public bool IsLocal => _peer is null;

    /// <summary>Who calls; its methods can be called in turn.</summary>
    /// <exception cref="InvalidOperationException">The node itself does.</exception>
    public StackPeer Peer => _peer ?? throw new InvalidOperationException("The node calls its own method.");

    /// <summary>The stream, of a source, sink or duplex.</summary>
    /// <exception cref="InvalidOperationException">It is a call with one answer.</exception>
    public RpcDuplex Stream => _stream ?? throw new InvalidOperationException("A call with one answer has no stream.");

    /// <summary>An argument as a type of ours; one that is missing is the type's default, if that is null.</summary>
    /// <exception cref="RpcException">It isn't of that type: an answer that the caller may see.</exception>
    public T Argument<T>(int index)
    {
        var value = RpcValue.FromJson(index < Arguments.Count ? Arguments[index] : null);
        return Node.Codec.TryRead<T>(value, out var argument) ? argument : throw new RpcException($"invalid arguments, number {index + 1} is of another type");
    }

    /// <summary>The key that the node itself asks <c>auth</c> about; what a hook changed or others ask is read from the arguments.</summary>
    internal Ed25519PublicKey? AuthorizedKey { get; init; }

    /// <summary>The same call with other arguments, for a hook to hand on.</summary>
    public RpcCall With(JsonArray arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return new RpcCall(Node, _peer, Method, arguments, _stream, CancellationToken);
    }

    /// <summary>The same call of a stream, whose items pass through these functions, for a hook to hand on.</summary>
    /// <param name="received">Sees what the caller sends, before the method does.</param>
    /// <param name="sent">Sees what the method sends, before the caller does.</param>
    /// <exception cref="InvalidOperationException">It is a call with one answer.</exception>
    public RpcCall WithItems(RpcItemHook? received = null, RpcItemHook? sent = null) =>
        new(Node, _peer, Method, Arguments, new HookedStream(Stream, received, sent), CancellationToken);
}
