namespace Secrets.Client.Api;

/// <summary>What was typed as a code.</summary>
internal sealed class RoomCodeArguments
{
    /// <summary>The code, or the link.</summary>
    public required string Code { get; init; }
}
