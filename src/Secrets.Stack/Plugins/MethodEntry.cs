namespace Secrets.Stack;

/// <summary>A method of a node with its hooks.</summary>
internal sealed class MethodEntry(RpcMethod method)
{
    private readonly Lock _gate = new();
    private volatile RpcFunction _function = method.Function;

    public RpcMethod Method { get; } = method;

    /// <summary>The outermost hook, or the method itself.</summary>
    public RpcFunction Function => _function;

    public bool IsHooked => !ReferenceEquals(_function, Method.Function);

    /// <summary>Wraps it once more; the newest is the outermost.</summary>
    public void Hook(RpcHook hook)
    {
        lock (_gate)
        {
            var next = _function;
            _function = call => hook(call, next);
        }
    }
}
