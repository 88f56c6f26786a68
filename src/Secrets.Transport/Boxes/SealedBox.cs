using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>A box as relays keep it: address, signature, sealed payload. Nothing in it is secret.</summary>
/// <remarks>Encoded: address 32 ‖ signature 64 ‖ payload 4,096 or 65,536. Spec: docs/protocol/boxes.md §3.3.</remarks>
public sealed class SealedBox
{
    /// <summary>Bytes before the payload in the encoded form.</summary>
    public const int HeadSize = BoxAddress.Size + Ed25519Signature.Size;

    private readonly BoxAddress _address;
    private readonly Ed25519Signature _signature;
    private readonly byte[] _payload;

    private SealedBox(in BoxAddress address, in Ed25519Signature signature, byte[] payload, BoxClass boxClass)
    {
        _address = address;
        _signature = signature;
        _payload = payload;
        Class = boxClass;
    }

    /// <summary>The address at the relay it was sealed for.</summary>
    public ref readonly BoxAddress Address => ref _address;

    /// <summary>The signature over the payload.</summary>
    public ref readonly Ed25519Signature Signature => ref _signature;

    /// <summary>The class, as the payload's length says.</summary>
    public BoxClass Class { get; }

    /// <summary>The sealed payload: nonce 24 ‖ ciphertext ‖ tag 16.</summary>
    public ReadOnlySpan<byte> Payload => _payload;

    /// <summary>Bytes of the encoded form.</summary>
    public int EncodedSize => HeadSize + _payload.Length;

    /// <summary>Takes a copy of the parts; <see cref="BoxError.WrongSize"/> unless the payload has a class's length. Verifies nothing.</summary>
    public static BoxError TryCreate(in BoxAddress address, in Ed25519Signature signature, ReadOnlySpan<byte> payload, out SealedBox? box)
    {
        box = null;
        if (!TryGetClass(payload.Length, out var boxClass))
            return BoxError.WrongSize;
        box = new SealedBox(address, signature, payload.ToArray(), boxClass);
        return BoxError.None;
    }

    /// <summary>Reads the encoded form; the class follows from the length. Verifies nothing.</summary>
    public static BoxError TryRead(ReadOnlySpan<byte> source, out SealedBox? box)
    {
        box = null;
        if (source.Length < HeadSize)
            return BoxError.WrongSize;
        _ = BoxAddress.TryRead(source[..BoxAddress.Size], out var address);
        _ = Ed25519Signature.TryRead(source[BoxAddress.Size..HeadSize], out var signature);
        return TryCreate(address, signature, source[HeadSize..], out box);
    }

    /// <summary>Writes the encoded form.</summary>
    public void Write(Span<byte> destination)
    {
        _address.Bytes.CopyTo(destination);
        _signature.Bytes.CopyTo(destination[BoxAddress.Size..]);
        _payload.CopyTo(destination[HeadSize..]);
    }

    /// <summary>True if the signature verifies strictly under the address.</summary>
    public bool Verify() => _address.Verify(_payload, _signature);

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(SealedBox);

    internal static SealedBox FromTrusted(in BoxAddress address, in Ed25519Signature signature, byte[] payload, BoxClass boxClass) =>
        new(address, signature, payload, boxClass);

    internal static bool TryGetClass(int payloadLength, out BoxClass boxClass)
    {
        boxClass = payloadLength == BoxClass.Small.SealedSize ? BoxClass.Small : BoxClass.Large;
        return payloadLength == boxClass.SealedSize;
    }
}
