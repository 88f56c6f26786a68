namespace Secrets.Stack;

/// <summary>One stream of a connection: items in, items out. A source has only items in, a sink only items out.</summary>
/// <remarks>
/// One reader at a time; any number of senders. What was received and not taken is bounded for the connection as a whole
/// (<see cref="StackOptions.ReceiveQueueSize"/>). Spec: docs/protocol/stack.md §4.4.
/// </remarks>
public sealed class RpcDuplex : IAsyncDisposable
{
    /// <summary>Fires when the other side aborted the stream, or the connection is gone.</summary>
    public CancellationToken Aborted => throw new NotSupportedException();

    /// <summary>The next item; null after the last one.</summary>
    /// <exception cref="RpcException">The other side aborted with an error.</exception>
    /// <exception cref="StackException">The connection is gone.</exception>
    public ValueTask<RpcItem?> ReadAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Waits for an item; false after the last one. With <see cref="TryRead"/>: the way to take whole runs.</summary>
    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Takes an item that is already there.</summary>
    public bool TryRead(out RpcItem? item) => throw new NotSupportedException();

    /// <summary>Sends bytes, copying them at once; waits while too much is queued.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Sends bytes if there is room in the queue; false if not, or if the stream has ended.</summary>
    public bool TrySend(ReadOnlySpan<byte> body) => throw new NotSupportedException();

    /// <summary>Sends a value; waits while too much is queued.</summary>
    public ValueTask SendAsync(RpcValue value, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Ends the sending direction in peace; reading goes on.</summary>
    public ValueTask CompleteAsync() => throw new NotSupportedException();

    /// <summary>Ends both directions with an error that the other side sees; received items are dropped.</summary>
    public ValueTask AbortAsync(RpcException? error = null) => throw new NotSupportedException();

    /// <summary>Ends what hasn't ended yet.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
