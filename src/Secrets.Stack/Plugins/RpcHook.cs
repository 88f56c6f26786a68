namespace Secrets.Stack;

/// <summary>Wraps a method: may look at the call, change its arguments, call <paramref name="next"/> or not, change the answer, or throw.</summary>
public delegate ValueTask<RpcValue> RpcHook(RpcCall call, RpcFunction next);
