using System.Buffers.Binary;
using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>The plaintext of a message header: version 1, flags 1, body length 2, dh 32, PN 4, N 4, ek 1,184, ct 1,088, zero 4 = 2,320 bytes.</summary>
/// <remarks>
/// dh, ek and ct are the same in every header of a sending chain, so that any one of its messages is enough to follow the step.
/// Table B.3; the length of the body stands where the table has two zero bytes, as the body has none to spare. Spec: docs/protocol/sessions.md §3.5.
/// </remarks>
internal static class SessionHeader
{
    public const int Size = KeysOffset + EncapsulationKeySize + MlKemEncapsulationKey.CiphertextSize + Reserved;

    private const byte Version = 1;
    private const int LengthOffset = 2;
    private const int AgreementOffset = 4;
    private const int PreviousOffset = AgreementOffset + X25519PublicKey.Size;
    private const int NumberOffset = PreviousOffset + sizeof(uint);
    private const int KeysOffset = NumberOffset + sizeof(uint);
    private const int EncapsulationKeySize = MlKemEncapsulationKey.Size;
    private const int Reserved = 4;

    /// <summary>Starts the header of a chain: everything but number and length.</summary>
    public static void Start(Span<byte> header, ReadOnlySpan<byte> stepKeys, uint previousCount)
    {
        header.Clear();
        header[0] = Version;
        StepKeys.Agreement(stepKeys).CopyTo(header[AgreementOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(header[PreviousOffset..], previousCount);
        stepKeys[X25519PublicKey.Size..].CopyTo(header[KeysOffset..]);
    }

    public static void Set(Span<byte> header, uint number, int bodyLength)
    {
        BinaryPrimitives.WriteUInt32BigEndian(header[NumberOffset..], number);
        BinaryPrimitives.WriteUInt16BigEndian(header[LengthOffset..], (ushort)bodyLength);
    }

    public static uint Number(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header[NumberOffset..]);

    public static uint PreviousCount(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header[PreviousOffset..]);

    public static int BodyLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[LengthOffset..]);

    /// <summary>Version, flags and reserved bytes are what they must be, and the length fits.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> header) =>
        header[0] == Version && header[1] == 0 && BodyLength(header) <= Session.MaxPlaintextSize && !header[^Reserved..].ContainsAnyExcept((byte)0);

    /// <summary>Copies dh ‖ ek ‖ ct out.</summary>
    public static void CopyStepKeys(ReadOnlySpan<byte> header, Span<byte> stepKeys)
    {
        header.Slice(AgreementOffset, X25519PublicKey.Size).CopyTo(stepKeys);
        header[KeysOffset..^Reserved].CopyTo(stepKeys[X25519PublicKey.Size..]);
    }

    /// <summary>True if the header carries exactly these.</summary>
    public static bool HasStepKeys(ReadOnlySpan<byte> header, ReadOnlySpan<byte> stepKeys) =>
        header.Slice(AgreementOffset, X25519PublicKey.Size).SequenceEqual(stepKeys[..X25519PublicKey.Size])
        && header[KeysOffset..^Reserved].SequenceEqual(stepKeys[X25519PublicKey.Size..]);
}
