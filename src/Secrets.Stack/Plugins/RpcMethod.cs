namespace Secrets.Stack;

/// <summary>A method that a plugin offers: how it is called, what serves it, and what <c>help</c> says of it. Made by <see cref="Rpc"/>.</summary>
public sealed class RpcMethod
{
    internal RpcMethod(RpcMethodType type, RpcFunction function, params ReadOnlySpan<Type> arguments)
    {
        Type = type;
        Function = function;
        Arguments = [.. arguments.ToArray().Select(static (type, index) => new RpcArgument($"arg{index + 1}", RpcArgument.NameOf(type), ""))];
    }

    private RpcMethod(RpcMethodType type, RpcFunction function, string description, TimeSpan timeLimit, IReadOnlyList<RpcArgument> arguments, string? path)
    {
        Type = type;
        Function = function;
        Description = description;
        TimeLimit = timeLimit;
        Arguments = arguments;
        Path = path;
    }

    /// <summary>How it is called.</summary>
    public RpcMethodType Type { get; }

    /// <summary>What it does, for <c>help</c>.</summary>
    public string Description { get; } = "";

    internal RpcFunction Function { get; }

    internal TimeSpan TimeLimit { get; } = Timeout.InfiniteTimeSpan;

    internal IReadOnlyList<RpcArgument> Arguments { get; }

    /// <summary>The whole path, of a method that was defined with one.</summary>
    internal string? Path { get; }

    /// <summary>The same with a description for <c>help</c>, and the names and descriptions of its arguments.</summary>
    public RpcMethod Describe(string description, params ReadOnlySpan<(string Name, string Description)> arguments)
    {
        ArgumentNullException.ThrowIfNull(description);
        var described = new RpcArgument[arguments.Length];
        for (var i = 0; i < described.Length; i++)
            described[i] = new RpcArgument(arguments[i].Name, i < Arguments.Count ? Arguments[i].Type : "any", arguments[i].Description);
        return new RpcMethod(Type, Function, description, TimeLimit, described.Length == 0 ? Arguments : described, Path);
    }

    /// <summary>The same with a time limit for each call or stream: then its token fires, and the caller is told that the time is up.</summary>
    public RpcMethod Within(TimeSpan timeLimit) => new(Type, Function, Description, timeLimit, Arguments, Path);

    /// <summary>The same as what a definition says.</summary>
    internal RpcMethod Define(string path, string description, ReadOnlySpan<(string Name, string Description)> arguments)
    {
        var described = Describe(description, arguments);
        return new RpcMethod(described.Type, described.Function, described.Description, described.TimeLimit, described.Arguments, path);
    }
}
