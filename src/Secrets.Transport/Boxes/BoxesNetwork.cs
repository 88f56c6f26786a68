using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>What every relay and client of the network has in common: its key, and the names of the relay's methods.</summary>
/// <remarks>Spec: docs/protocol/boxes.md §3.9.</remarks>
public static class BoxesNetwork
{
    /// <summary>Name of the method by which request cells go one way and answer cells the other; items are binary, of one or more whole cells.</summary>
    public const string CellsMethod = "boxes.cells";

    /// <summary>Name of the method that sends each bell as it rings; the argument is the number of the first one wanted.</summary>
    public const string BellMethod = "boxes.bell";

    /// <summary>Name of the method that gives the signed manifest.</summary>
    public const string ManifestMethod = "boxes.manifest";

    /// <summary>Name of the method that takes the pass of a closed relay, for this connection.</summary>
    public const string PassMethod = "boxes.pass";

    /// <summary>The key of the network in every secret-handshake: BLAKE2b-256 of <c>secrets/1/app-key</c>. It is public.</summary>
    public static Hash256 AppKey { get; } = Hash256.Of(Labels.AppKey);
}
