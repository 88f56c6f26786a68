using Secrets.Relay.Storage;

namespace Secrets.Relay;

/// <summary>Everything the relay can log: numbers and our own enums, never bytes, ids, addresses or texts.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "writing boxes failed: {Fault}")]
    public static partial void WriteFailed(ILogger logger, SqliteFault fault);

    [LoggerMessage(2, LogLevel.Warning, "room for new boxes, refused: {Level}")]
    public static partial void FullLevelChanged(ILogger logger, FullLevel level);

    [LoggerMessage(3, LogLevel.Debug, "emptying the write-ahead log is put off")]
    public static partial void CheckpointDelayed(ILogger logger);
}
