namespace Secrets.Client.Api;

/// <summary>What a command gives: a result, or the name of the refusal.</summary>
public readonly struct ApiReply
{
    /// <summary>The result as JSON; empty after a refusal.</summary>
    public string Result { get; init; }

    /// <summary>The bytes beside it, for commands that give some.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Why it was refused: a name of <see cref="ApiError.Names"/>; null if it was done.</summary>
    public string? Error { get; init; }
}
