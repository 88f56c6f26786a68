namespace Secrets.Client.Api;

/// <summary>What the media engine made.</summary>
internal sealed class CallDescribeArguments
{
    /// <summary>The revision of the step that wished it.</summary>
    public required int Revision { get; init; }

    /// <summary>The session description.</summary>
    public required string Description { get; init; }
}
