using System.IO.Pipelines;

namespace Secrets.Stack;

/// <summary>Bytes both ways. Completing the output ends the sending direction; disposing cuts both.</summary>
public interface IDuplexConnection : IDuplexPipe, IAsyncDisposable
{
    /// <summary>Where the other side is, for the host's own eyes, as <c>net:host:port</c>; empty if unknown.</summary>
    string RemoteAddress { get; }
}
