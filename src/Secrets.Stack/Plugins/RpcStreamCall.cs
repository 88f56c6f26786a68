using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>Serves a stream: when the method returns, the sending direction ends; when it throws, the stream is aborted.</summary>
/// <remarks>The token is <see cref="RpcDuplex.Aborted"/>: it fires when the other side gave up or is gone.</remarks>
public delegate ValueTask RpcStreamCall(StackPeer peer, JsonArray arguments, RpcDuplex stream, CancellationToken cancellationToken);
