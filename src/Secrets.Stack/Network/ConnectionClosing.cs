using System.IO.Pipelines;

namespace Secrets.Stack;

/// <summary>Ends connections of which any part may be broken: none of this throws, and nothing is kept because a step before it failed.</summary>
internal static class ConnectionClosing
{
    /// <summary>Ends both directions and lets go of what is behind them.</summary>
    public static async ValueTask CloseAsync(this IDuplexPipe connection)
    {
        await connection.CompleteOutputAsync().ConfigureAwait(false);
        await connection.CompleteInputAsync().ConfigureAwait(false);
        if (connection is IAsyncDisposable disposable)
            await TryAsync(disposable.DisposeAsync()).ConfigureAwait(false);
    }

    /// <summary>Ends the sending direction.</summary>
    public static ValueTask CompleteOutputAsync(this IDuplexPipe connection) => TryAsync(connection.Output.CompleteAsync());

    /// <summary>Ends the receiving direction.</summary>
    public static ValueTask CompleteInputAsync(this IDuplexPipe connection) => TryAsync(connection.Input.CompleteAsync());

    private static async ValueTask TryAsync(ValueTask closing)
    {
        try
        {
            await closing.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // closing what is broken may fail; it is closed all the same
        catch (Exception)
        {
            return;
        }
#pragma warning restore CA1031
    }
}
