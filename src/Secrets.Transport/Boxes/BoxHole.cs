using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>An index that was passed over: its keys, without what later indices follow from, and since when.</summary>
public sealed class BoxHole : IDisposable
{
    private readonly SecretBuffer _material;

    internal BoxHole(ulong index, ReadOnlySpan<byte> blinding, ReadOnlySpan<byte> encryption, DateTimeOffset since)
    {
        Index = index;
        Since = since;
        _material = new SecretBuffer(2 * BoxIndexState.PartSize);
        blinding.CopyTo(_material.Bytes);
        encryption.CopyTo(_material.Bytes[BoxIndexState.PartSize..]);
    }

    /// <summary>The channel's index.</summary>
    public ulong Index { get; }

    /// <summary>When a later box came, to the second.</summary>
    public DateTimeOffset Since { get; }

    internal ReadOnlySpan<byte> BlindingMaterial => _material.Bytes[..BoxIndexState.PartSize];

    internal ReadOnlySpan<byte> EncryptionMaterial => _material.Bytes[BoxIndexState.PartSize..];

    /// <summary>Wipes the keys.</summary>
    public void Dispose() => _material.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BoxHole);
}
