using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>Answers a call: who asks, the arguments, and until when the answer is of use.</summary>
public delegate ValueTask<RpcValue> RpcCall(StackPeer peer, JsonArray arguments, CancellationToken cancellationToken);
