using System.IO.Pipelines;

namespace Secrets.Stack;

/// <summary>How sockets are read and written: no memory while idle, much at once when there is much.</summary>
internal static class PipeStreamOptions
{
    private const int ReadSize = 64 << 10;
    private const int MinReadSize = 4 << 10;

    public static StreamPipeReaderOptions Read { get; } = new(bufferSize: ReadSize, minimumReadSize: MinReadSize, leaveOpen: true, useZeroByteReads: true);

    public static StreamPipeWriterOptions Write { get; } = new(leaveOpen: false);
}
