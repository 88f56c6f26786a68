namespace Secrets.Stack;

/// <summary>A connection or one of its streams can't be used, or not any more.</summary>
public sealed class StackException : Exception
{
    /// <summary>The exception for an error.</summary>
    public StackException(StackError error) : base(error.ToString()) => Error = error;

    /// <summary>The exception for an error, with what caused it.</summary>
    public StackException(StackError error, Exception? innerException) : base(error.ToString(), innerException) => Error = error;

    /// <summary>What happened.</summary>
    public StackError Error { get; }
}
