namespace Secrets.Relay.Rooms;

/// <summary>An item of a room, encoded once for all who get it.</summary>
internal sealed class KeptItem
{
    public required ulong Number { get; init; }

    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>True for what is of no use to somebody who comes back.</summary>
    public bool IsPassing { get; init; }
}
