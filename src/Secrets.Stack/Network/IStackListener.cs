namespace Secrets.Stack;

/// <summary>A place where a node listens. Disposing stops listening; connections go on.</summary>
public interface IStackListener : IAsyncDisposable
{
    /// <summary>Where it listens, with the real port if 0 was asked for.</summary>
    StackEndpoint Endpoint { get; }
}
