namespace Secrets.Store;

/// <summary>A record of the log whose MAC was right.</summary>
internal sealed class LogRecord
{
    public required RecordKind Kind { get; init; }

    public required ulong Sequence { get; init; }

    /// <summary>Offset of the record in the log.</summary>
    public required long Offset { get; init; }

    public required int Length { get; init; }

    public required ReadOnlyMemory<byte> Blobs { get; init; }

    public required RecordMeta Meta { get; init; }

    public required ReadOnlyMemory<byte> Mac { get; init; }
}
