namespace Secrets.Transport.Boxes;

/// <summary>A further key of a relay, as its manifest lists it; unknown purposes are carried along.</summary>
/// <remarks>purpose 1 (1 courier, 2 token) ‖ class 1 (0: all) ‖ week u16 (0: always) ‖ length u16 ‖ key. Spec: docs/protocol/boxes.md §3.8.</remarks>
public sealed class RelayManifestKey
{
    /// <summary>Longest key in bytes.</summary>
    public const int MaxKeySize = 2_048;

    private readonly byte[] _key;

    /// <summary>An entry with a copy of the key.</summary>
    /// <exception cref="ArgumentException">The key is empty or longer than 2,048 bytes.</exception>
    public RelayManifestKey(byte purpose, byte boxClass, ushort week, ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty || key.Length > MaxKeySize)
            throw new ArgumentException("A key has 1 to 2,048 bytes.", nameof(key));
        Purpose = purpose;
        BoxClass = boxClass;
        Week = week;
        _key = key.ToArray();
    }

    /// <summary>1 courier, 2 token.</summary>
    public byte Purpose { get; }

    /// <summary>The class it is for; 0 for all.</summary>
    public byte BoxClass { get; }

    /// <summary>The week since 1970 that it is for; 0 for always.</summary>
    public ushort Week { get; }

    /// <summary>The public key.</summary>
    public ReadOnlySpan<byte> Key => _key;

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(RelayManifestKey);
}
