namespace Secrets.Protocol.Chats;

/// <summary>What a generation in a message says.</summary>
public enum GenerationFinding
{
    /// <summary>As it should be.</summary>
    InOrder = 0,

    /// <summary>A later message has an earlier generation: an old copy of the device's state writes. The person is told (decision 14).</summary>
    WentBack = 1,
}
