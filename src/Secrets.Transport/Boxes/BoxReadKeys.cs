using System.Diagnostics;
using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>What a reader has for one index at one relay: the address and the key of the box there.</summary>
/// <remarks>M = f · P with f from K, Ec from E, both under the context of class and relay. Spec: docs/protocol/boxes.md §4.3, §4.5.</remarks>
public sealed class BoxReadKeys : IDisposable
{
    private readonly SecretBuffer _key;
    private readonly BoxAddress _address;

    private BoxReadKeys(in BoxAddress address, SecretBuffer key, BoxClass boxClass)
    {
        _address = address;
        _key = key;
        Class = boxClass;
    }

    /// <summary>Where the box lies.</summary>
    public ref readonly BoxAddress Address => ref _address;

    /// <summary>The channel's class.</summary>
    public BoxClass Class { get; }

    internal static BoxReadKeys Derive(in Ed25519PublicKey root, ReadOnlySpan<byte> blinding, ReadOnlySpan<byte> encryption, in RelayId relay, BoxClass boxClass)
    {
        Span<byte> context = stackalloc byte[BoxContext.Size];
        BoxContext.Write(context, relay, boxClass);
        using var factor = BoxContext.DeriveFactor(blinding, context);
        if (!root.TryBlind(factor, out var blinded))
            throw new UnreachableException("A blinding factor was zero."); // probability 2^-252
        return new BoxReadKeys(BoxAddress.FromKey(blinded), BoxContext.DeriveKey(encryption, context), boxClass);
    }

    /// <summary>
    /// Opens what a relay gave for <see cref="Address"/>: length, then signature, then payload and nonce, then the plaintext's form.
    /// Refused input releases nothing.
    /// </summary>
    public BoxError TryOpen(in Ed25519Signature signature, ReadOnlySpan<byte> payload, out OpenedBox? opened)
    {
        opened = null;
        if (payload.Length != Class.SealedSize)
            return BoxError.WrongSize;
        if (!_address.Verify(payload, signature))
            return BoxError.SignatureInvalid;
        var plaintext = new SecretBuffer(Class.PlaintextSize);
        if (SyntheticAead.TryOpen(plaintext.Bytes, payload, _address.Bytes, _key.Bytes))
            return OpenedBox.TryCreate(plaintext, out opened);
        plaintext.Dispose();
        return BoxError.Rejected;
    }

    /// <summary>Takes a delete: the address is compared before the signature is looked at.</summary>
    public BoxError TryAccept(in Tombstone tombstone)
    {
        if (tombstone.Address != _address)
            return BoxError.NotExpected;
        return tombstone.Verify() ? BoxError.None : BoxError.SignatureInvalid;
    }

    /// <summary>Hash of the payload that an honest writer's box with this plaintext has here: sealing is deterministic.</summary>
    internal Hash256 HashExpectedPayload(ReadOnlySpan<byte> plaintext)
    {
        var payload = new byte[Class.SealedSize];
        SyntheticAead.Seal(payload, plaintext, _address.Bytes, _key.Bytes);
        return LabelledHash.Start(Labels.Witness).Add(payload).Finish();
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(BoxReadKeys);
}
