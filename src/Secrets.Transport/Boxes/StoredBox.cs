using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>What a relay's store has at one address: a view of bytes that the store owns. <c>default</c> is nothing.</summary>
public readonly ref struct StoredBox
{
    private StoredBox(BoxClass boxClass, scoped in Ed25519Signature signature, ReadOnlySpan<byte> payload)
    {
        IsThere = true;
        Class = boxClass;
        Signature = signature;
        Payload = payload;
    }

    /// <summary>True if there is a box or a delete mark.</summary>
    public bool IsThere { get; }

    /// <summary>The class it was written or deleted under.</summary>
    public BoxClass Class { get; }

    /// <summary>Of the box or the delete.</summary>
    public Ed25519Signature Signature { get; }

    /// <summary>The payload; empty for a delete mark.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>True for a delete mark.</summary>
    public bool IsDeleteMark => IsThere && Payload.IsEmpty;

    /// <summary>A box; an empty payload makes a delete mark.</summary>
    public static StoredBox Of(BoxClass boxClass, scoped in Ed25519Signature signature, ReadOnlySpan<byte> payload) => new(boxClass, signature, payload);
}
