namespace Secrets.Client.Api;

/// <summary>A change of password.</summary>
internal sealed class PasswordArguments
{
    /// <summary>The one that holds.</summary>
    public required string Old { get; init; }

    /// <summary>The one that is to hold.</summary>
    public required string New { get; init; }
}
