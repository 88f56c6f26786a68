using System.Net;

namespace Secrets.Stack;

/// <summary>A listening TCP socket of a node.</summary>
public sealed class StackListener : IAsyncDisposable
{
    /// <summary>Where it listens, with the real port if 0 was asked for.</summary>
    public IPEndPoint LocalEndpoint => throw new NotSupportedException();

    /// <summary>Stops listening; connections go on.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
