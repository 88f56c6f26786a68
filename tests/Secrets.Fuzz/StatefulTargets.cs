namespace Secrets.Fuzz;

/// <summary>Decoders that need a key, a state or a peer before they can be fed.</summary>
internal static class StatefulTargets
{
    /// <summary>The list; a line each.</summary>
    public static readonly Target[] All =
    [
    ];
}
