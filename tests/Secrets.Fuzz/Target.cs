namespace Secrets.Fuzz;

/// <summary>One decoder and how it is fed.</summary>
/// <param name="Name">Type and method.</param>
/// <param name="Layer">The folder below vectors/ whose values are its best seeds.</param>
/// <param name="Body">Feeds one input.</param>
internal sealed record Target(string Name, string Layer, TargetBody Body)
{
    /// <summary>Every target: what is found in the assemblies, and what is listed by hand because it needs a state.</summary>
    public static readonly IReadOnlyList<Target> All =
        [.. DecoderTargets.Find().Concat(StatefulTargets.All).Concat(StackTargets.All).Concat(RoomTargets.All).Append(StackPeerTarget.Target).OrderBy(target => target.Name, StringComparer.Ordinal)];

    /// <summary>Its name in xunit's output.</summary>
    public override string ToString() => Name;
}
