namespace Secrets.Protocol.Chats;

/// <summary>How far a message has come.</summary>
public enum DeliveryState
{
    /// <summary>Kept here; no relay has it yet.</summary>
    Waiting = 0,

    /// <summary>A relay has it.</summary>
    Sent = 1,

    /// <summary>The other device has it.</summary>
    Received = 2,
}
