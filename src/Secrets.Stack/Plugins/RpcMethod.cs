namespace Secrets.Stack;

/// <summary>A method that a node offers: its type and the one of two delegates that serves it.</summary>
internal sealed class RpcMethod(RpcMethodType type, RpcCall? call, RpcStreamCall? stream)
{
    public RpcMethodType Type { get; } = type;

    public RpcCall? Call { get; } = call;

    public RpcStreamCall? Stream { get; } = stream;
}
