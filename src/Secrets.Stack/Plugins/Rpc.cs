namespace Secrets.Stack;

/// <summary>Makes the methods of a <see cref="Plugin"/> from functions. Their arguments and answers are values that the stack's options know to write and read.</summary>
/// <remarks>
/// What a function throws as <see cref="RpcException"/> its caller is told; of anything else only that there was an error.
/// </remarks>
public static class Rpc
{
#pragma warning disable VSTHRD200 // the manifest's word for this type of method
    /// <summary>A method with one answer, later.</summary>
    public static RpcMethod Async<TResult>(Func<RpcCall, ValueTask<TResult>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new RpcMethod(RpcMethodType.Async, async call => call.Node.Codec.Write(await function(call).ConfigureAwait(false)));
    }

    /// <summary>A method with an argument and one answer, later.</summary>
    public static RpcMethod Async<T, TResult>(Func<T, RpcCall, ValueTask<TResult>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new RpcMethod(RpcMethodType.Async, async call => call.Node.Codec.Write(await function(call.Argument<T>(0), call).ConfigureAwait(false)), typeof(T));
    }

    /// <summary>A method with two arguments and one answer, later.</summary>
    public static RpcMethod Async<T1, T2, TResult>(Func<T1, T2, RpcCall, ValueTask<TResult>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new RpcMethod(
            RpcMethodType.Async,
            async call => call.Node.Codec.Write(await function(call.Argument<T1>(0), call.Argument<T2>(1), call).ConfigureAwait(false)),
            typeof(T1),
            typeof(T2));
    }
#pragma warning restore VSTHRD200

    /// <summary>A method with one answer, at once.</summary>
    public static RpcMethod Sync<TResult>(Func<RpcCall, TResult> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new RpcMethod(RpcMethodType.Sync, call => ValueTask.FromResult(call.Node.Codec.Write(function(call))));
    }

    /// <summary>A method with an argument and one answer, at once.</summary>
    public static RpcMethod Sync<T, TResult>(Func<T, RpcCall, TResult> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new RpcMethod(RpcMethodType.Sync, call => ValueTask.FromResult(call.Node.Codec.Write(function(call.Argument<T>(0), call))), typeof(T));
    }

    /// <summary>A method with two arguments and one answer, at once.</summary>
    public static RpcMethod Sync<T1, T2, TResult>(Func<T1, T2, RpcCall, TResult> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new RpcMethod(
            RpcMethodType.Sync, call => ValueTask.FromResult(call.Node.Codec.Write(function(call.Argument<T1>(0), call.Argument<T2>(1), call))), typeof(T1), typeof(T2));
    }

    /// <summary>A method that sends items to its caller.</summary>
    public static RpcMethod Source<TItem>(Func<RpcCall, IAsyncEnumerable<TItem>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Source(call => call.Stream.SendAllAsync(function(call), call.CancellationToken));
    }

    /// <summary>A method with an argument that sends items to its caller.</summary>
    public static RpcMethod Source<T, TItem>(Func<T, RpcCall, IAsyncEnumerable<TItem>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream(RpcMethodType.Source, call => call.Stream.SendAllAsync(function(call.Argument<T>(0), call), call.CancellationToken), typeof(T));
    }

    /// <summary>A method that sends items to its caller by itself: the stream ends when the function does.</summary>
    public static RpcMethod Source(Func<RpcCall, ValueTask> function) => Stream(RpcMethodType.Source, function);

    /// <summary>A method that takes items from its caller.</summary>
    public static RpcMethod Sink<TItem>(Func<IAsyncEnumerable<TItem>, RpcCall, ValueTask> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Sink(call => function(call.Stream.ReadAllAsync<TItem>(call.CancellationToken), call));
    }

    /// <summary>A method with an argument that takes items from its caller.</summary>
    public static RpcMethod Sink<T, TItem>(Func<T, IAsyncEnumerable<TItem>, RpcCall, ValueTask> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Stream(RpcMethodType.Sink, call => function(call.Argument<T>(0), call.Stream.ReadAllAsync<TItem>(call.CancellationToken), call), typeof(T));
    }

    /// <summary>A method that takes items from its caller by itself: the stream ends when the function does.</summary>
    public static RpcMethod Sink(Func<RpcCall, ValueTask> function) => Stream(RpcMethodType.Sink, function);

    /// <summary>A method with items both ways.</summary>
    public static RpcMethod Duplex<TIn, TOut>(Func<IAsyncEnumerable<TIn>, RpcCall, IAsyncEnumerable<TOut>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Duplex(call => call.Stream.SendAllAsync(function(call.Stream.ReadAllAsync<TIn>(call.CancellationToken), call), call.CancellationToken));
    }

    /// <summary>A method with items both ways that sends and takes them by itself: the stream ends when the function does.</summary>
    public static RpcMethod Duplex(Func<RpcCall, ValueTask> function) => Stream(RpcMethodType.Duplex, function);

    private static RpcMethod Stream(RpcMethodType type, Func<RpcCall, ValueTask> function, params ReadOnlySpan<Type> arguments)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new RpcMethod(
            type,
            async call =>
            {
                await function(call).ConfigureAwait(false);
                return default;
            },
            arguments);
    }
}
