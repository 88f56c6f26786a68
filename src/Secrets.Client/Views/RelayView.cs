namespace Secrets.Client.Views;

/// <summary>A relay of this identity.</summary>
public sealed class RelayView
{
    /// <summary>Its multiserver address with its key.</summary>
    public required string Address { get; init; }

    /// <summary>True while connected.</summary>
    public required bool Connected { get; init; }

    /// <summary>False for a relay that a chat uses but this person has not chosen for all chats.</summary>
    public required bool Chosen { get; init; }
}
