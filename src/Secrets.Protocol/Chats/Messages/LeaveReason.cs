namespace Secrets.Protocol.Chats;

/// <summary>Why somebody says goodbye. Who only withdraws trust says nothing (decision 6).</summary>
public enum LeaveReason
{
    /// <summary>The person leaves the chat.</summary>
    Left = 1,

    /// <summary>This device is retired; the person's others go on.</summary>
    Retired = 2,
}
