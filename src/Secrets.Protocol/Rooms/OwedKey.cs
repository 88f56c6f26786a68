namespace Secrets.Protocol.Rooms;

/// <summary>An own sender key as it was when somebody came to count on it, until it is sure that the relay took it for that person.</summary>
/// <remarks>Owns the key. Spec: docs/protocol/rooms.md §4.2.</remarks>
internal sealed class OwedKey : IDisposable
{
    public OwedKey(SenderKey key) => Key = key;

    public SenderKey Key { get; }

    /// <summary>True when it was sent on the present connection.</summary>
    public bool IsGiven { get; set; }

    /// <summary>How many messages had been said when it was sent: when a later one comes back, the relay has taken what was sent before it.</summary>
    public ulong GivenAt { get; set; }

    public void Dispose() => Key.Dispose();
}
