namespace Secrets.Stack;

/// <summary>An error that one side of a call tells the other: a name and a message, nothing else.</summary>
/// <remarks>
/// A method that throws this one tells the caller both. Anything else that a method throws reaches the caller as
/// <c>internal error</c>: its message could hold what is nobody's business.
/// </remarks>
public sealed class RpcException : Exception
{
    /// <summary>The name when there is no better one.</summary>
    public const string DefaultName = "Error";

    /// <summary>An error with a message.</summary>
    public RpcException(string message) : this(DefaultName, message)
    {
    }

    /// <summary>An error with a name and a message.</summary>
    public RpcException(string name, string message) : base(message)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>What kind of error it is, as the other side calls it.</summary>
    public string Name { get; }
}
