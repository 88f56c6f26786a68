namespace Secrets.Client.Hosting;

/// <summary>An identity that is kept in a place: what can be shown of it without its password.</summary>
public sealed class KeptIdentity
{
    /// <summary>Its id in this place: 32 hexadecimal digits, made at random, known nowhere else.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made here, or brought here.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>True if it was moved to another place.</summary>
    public required bool Retired { get; init; }
}
