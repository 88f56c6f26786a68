namespace Secrets.Client.Api;

/// <summary>An exported identity.</summary>
internal sealed class HostImportArguments
{
    /// <summary>The password of the file.</summary>
    public required string FilePassword { get; init; }

    /// <summary>The password that is to hold here.</summary>
    public required string Password { get; init; }

    /// <summary>True to keep it in memory only.</summary>
    public required bool Memory { get; init; }
}
