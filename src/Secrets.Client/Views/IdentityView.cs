namespace Secrets.Client.Views;

/// <summary>The identity of this store.</summary>
public sealed class IdentityView
{
    /// <summary>Its name, as participants see it.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>How many chats it has.</summary>
    public required int Chats { get; init; }

    /// <summary>How many messages are not at a relay yet.</summary>
    public required int Waiting { get; init; }
}
