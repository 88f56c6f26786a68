namespace Secrets.Client.Api;

/// <summary>What a command is called with.</summary>
public readonly struct ApiRequest
{
    /// <summary>Arguments as one JSON object.</summary>
    public required string Arguments { get; init; }

    /// <summary>The bytes beside them, for commands that take some.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }
}
