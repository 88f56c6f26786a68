using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>What remains of a box that was taken: where a copy lies, and the hash of the payload it must have. No key.</summary>
internal sealed class BoxWitness(ulong index, BoxAddress address, Hash256 payloadHash)
{
    public ulong Index { get; } = index;

    public BoxAddress Address { get; } = address;

    public Hash256 PayloadHash { get; } = payloadHash;

    public override string ToString() => nameof(BoxWitness);
}
