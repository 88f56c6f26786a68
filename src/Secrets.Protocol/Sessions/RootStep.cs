using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The hybrid root step: prk = X(rk, dh ‖ ss); Ex(prk, "secrets/1/root" ‖ H("secrets/1/step", new.dh, new.ek, ct, peer.dh, peer.ek), 96) = rk ‖ ck ‖ nhk.</summary>
/// <remarks>"new" is the side that makes the step, "peer" the one it is made towards. Decision 21. Spec: docs/protocol/sessions.md §4.6.</remarks>
internal static class RootStep
{
    public const int OutputSize = 3 * KeySchedule.KeySize;
    public const int InputSize = X25519PrivateKey.SharedSize + MlKemEncapsulationKey.SharedSize;

    /// <summary>Derives the 96 bytes from dh ‖ ss.</summary>
    public static void Derive(Span<byte> output, ReadOnlySpan<byte> rootKey, ReadOnlySpan<byte> input, ReadOnlySpan<byte> newKeys, ReadOnlySpan<byte> peerAgreement, ReadOnlySpan<byte> peerEncapsulation)
    {
        var step = LabelledHash.Start(Labels.Step).Add(StepKeys.Agreement(newKeys)).Add(StepKeys.Encapsulation(newKeys)).Add(StepKeys.Ciphertext(newKeys))
            .Add(peerAgreement).Add(peerEncapsulation).Finish();
        Span<byte> prk = stackalloc byte[KeySchedule.KeySize];
        Hkdf.ExtractSha256(prk, input, rootKey);
        KeySchedule.Expand(output, prk, Labels.Root, step.Bytes);
        CryptographicOperations.ZeroMemory(prk);
    }

    /// <summary>The sender's side: agrees and encapsulates towards the peer's keys; false if the agreement is zero.</summary>
    public static bool TrySend(Span<byte> output, ReadOnlySpan<byte> rootKey, RatchetKeyPair own, ReadOnlySpan<byte> peerKeys, RandomSource random, Span<byte> newKeys)
    {
        if (!X25519PublicKey.TryRead(StepKeys.Agreement(peerKeys), out var peerAgreement)
            || !MlKemEncapsulationKey.TryRead(StepKeys.Encapsulation(peerKeys), out var peerEncapsulation))
            return false;
        Span<byte> input = stackalloc byte[InputSize];
        own.Agreement.PublicKey.Bytes.CopyTo(StepKeys.Agreement(newKeys));
        own.Decapsulation.EncapsulationKey.Bytes.CopyTo(StepKeys.Encapsulation(newKeys));
        peerEncapsulation!.Encapsulate(StepKeys.Ciphertext(newKeys), input[X25519PrivateKey.SharedSize..], random);
        var agreed = own.Agreement.TryAgree(peerAgreement, input[..X25519PrivateKey.SharedSize]);
        if (agreed)
            Derive(output, rootKey, input, newKeys, peerAgreement.Bytes, StepKeys.Encapsulation(peerKeys));
        CryptographicOperations.ZeroMemory(input);
        return agreed;
    }

    /// <summary>The receiver's side: <paramref name="newKeys"/> came in a header; false if a key in it is refused or the agreement is zero.</summary>
    public static bool TryReceive(Span<byte> output, ReadOnlySpan<byte> rootKey, RatchetKeyPair own, ReadOnlySpan<byte> newKeys)
    {
        if (!X25519PublicKey.TryRead(StepKeys.Agreement(newKeys), out var agreement)
            || !MlKemEncapsulationKey.TryRead(StepKeys.Encapsulation(newKeys), out _))
            return false;
        Span<byte> input = stackalloc byte[InputSize];
        var agreed = own.Agreement.TryAgree(agreement, input[..X25519PrivateKey.SharedSize])
            && own.Decapsulation.TryDecapsulate(StepKeys.Ciphertext(newKeys), input[X25519PrivateKey.SharedSize..]);
        if (agreed)
            Derive(output, rootKey, input, newKeys, own.Agreement.PublicKey.Bytes, own.Decapsulation.EncapsulationKey.Bytes);
        CryptographicOperations.ZeroMemory(input);
        return agreed;
    }
}
