namespace Secrets.Stack;

/// <summary>What serves a method: the answer of an async or sync one; of a stream, the end of its sending direction (the value is not sent).</summary>
public delegate ValueTask<RpcValue> RpcFunction(RpcCall call);
