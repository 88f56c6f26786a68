namespace Secrets.Client.Api;

/// <summary>An export of the open identity.</summary>
internal sealed class HostExportArguments
{
    /// <summary>Its password.</summary>
    public required string Password { get; init; }

    /// <summary>True to retire this copy first.</summary>
    public required bool Move { get; init; }
}
