namespace Secrets.Client.Views;

/// <summary>A server through which calls go, so that no address is shown to the other side.</summary>
public sealed class TurnView
{
    /// <summary>Its addresses, as a media engine takes them.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>A user name that is good for some hours.</summary>
    public required string Username { get; init; }

    /// <summary>What goes with it.</summary>
    public required string Credential { get; init; }

    /// <summary>For how long, in seconds.</summary>
    public required int Seconds { get; init; }
}
