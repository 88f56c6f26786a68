namespace Secrets.Transport.Boxes;

/// <summary>The two sizes of box; a channel has one for ever.</summary>
/// <remarks>Spec: docs/protocol/boxes.md §3.1.</remarks>
public enum BoxClass
{
    /// <summary>4,096 bytes sealed, bodies of up to 4,052.</summary>
    Small = 1,

    /// <summary>65,536 bytes sealed, bodies of up to 65,492.</summary>
    Large = 2,
}
