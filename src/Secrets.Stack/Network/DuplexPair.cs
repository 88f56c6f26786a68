using System.IO.Pipelines;

namespace Secrets.Stack;

/// <summary>Two ends of a connection in memory: what one writes the other reads.</summary>
public static class DuplexPair
{
    /// <summary>Makes both ends.</summary>
    public static (IDuplexConnection First, IDuplexConnection Second) Create()
    {
        var options = new PipeOptions(useSynchronizationContext: false);
        var there = new Pipe(options);
        var back = new Pipe(options);
        return (new End(back.Reader, there.Writer), new End(there.Reader, back.Writer));
    }

    private sealed class End(PipeReader input, PipeWriter output) : IDuplexConnection
    {
        public PipeReader Input { get; } = input;

        public PipeWriter Output { get; } = output;

        public string RemoteAddress => "";

        public async ValueTask DisposeAsync()
        {
            await Output.CompleteAsync().ConfigureAwait(false);
            await Input.CompleteAsync().ConfigureAwait(false);
        }
    }
}
