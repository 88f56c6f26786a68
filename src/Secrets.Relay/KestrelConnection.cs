using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Secrets.Stack;

namespace Secrets.Relay;

/// <summary>A TCP connection that Kestrel accepted, as the stack takes it.</summary>
internal sealed class KestrelConnection(ConnectionContext context) : IDuplexConnection
{
    /// <inheritdoc/>
    public PipeReader Input => context.Transport.Input;

    /// <inheritdoc/>
    public PipeWriter Output => context.Transport.Output;

    /// <inheritdoc/>
    public string RemoteAddress => context.RemoteEndPoint is IPEndPoint endpoint ? $"net:{endpoint}" : "";

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        context.Abort();
        return ValueTask.CompletedTask;
    }
}
