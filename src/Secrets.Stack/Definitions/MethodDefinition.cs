using System.Text.Json.Nodes;

namespace Secrets.Stack;

/// <summary>What both sides of a method know: its path and the types of its arguments, answer or items. A plugin serves it, a caller calls it; neither writes its name again.</summary>
/// <remarks>Keep them as static fields where both sides see them. Spec: docs/protocol/stack.md §3.6, §3.7.</remarks>
public abstract class MethodDefinition
{
    private readonly (string Name, string Description)[] _arguments;

    private protected MethodDefinition(string path, string description, int count, ReadOnlySpan<(string Name, string Description)> arguments)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (!MethodPath.IsPath(path))
            throw new ArgumentException("A path has names with dots between them.", nameof(path));
        if (!arguments.IsEmpty && arguments.Length != count)
            throw new ArgumentException("Name all arguments or none.", nameof(arguments));
        Path = path;
        Description = description;
        _arguments = arguments.ToArray();
    }

    /// <summary>The path, with dots: for hooks and permissions.</summary>
    public string Path { get; }

    /// <summary>What it does, for <c>help</c>.</summary>
    public string Description { get; }

    /// <summary>The path; a name that is no secret.</summary>
    public override string ToString() => Path;

    private protected RpcMethod Define(RpcMethod method) => method.Define(Path, Description, _arguments);

    private protected static T Checked<T>(T side)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(side);
        return side;
    }

    private protected static RpcCodec CodecOf(StackPeer peer) => Checked(peer).Node.Codec;

    private protected static RpcCodec CodecOf(StackNode node) => Checked(node).Codec;

    // a collection expression would add a node as a T of any type, which trimming can't follow
    private protected static JsonArray Pack<T>(RpcCodec codec, T argument) => new(codec.WriteArgument(argument));

    private protected static JsonArray Pack<T1, T2>(RpcCodec codec, T1 first, T2 second) => new(codec.WriteArgument(first), codec.WriteArgument(second));
}
