namespace Secrets.Client.Api;

/// <summary>A room to enter.</summary>
internal sealed class RoomEnterArguments
{
    /// <summary>The code, or the link.</summary>
    public required string Code { get; init; }

    /// <summary>A text of one's own beside the code.</summary>
    public string? Label { get; init; }

    /// <summary>The own name in it; null: a random one.</summary>
    public string? Name { get; init; }

    /// <summary>Where a typed code leads; null: the relay that the program uses.</summary>
    public string? Relay { get; init; }
}
