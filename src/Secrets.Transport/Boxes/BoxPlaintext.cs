using System.Buffers.Binary;

namespace Secrets.Transport.Boxes;

/// <summary>The plaintext of a box: format 1, kind 1, length 2, body, zeros to the class's size.</summary>
/// <remarks>Spec: docs/protocol/boxes.md §3.2.</remarks>
internal static class BoxPlaintext
{
    private const byte Format = 1;
    private const int KindOffset = 1;
    private const int LengthOffset = 2;

    public static void Write(Span<byte> plaintext, BoxKind kind, ReadOnlySpan<byte> body)
    {
        plaintext[0] = Format;
        plaintext[KindOffset] = (byte)kind;
        BinaryPrimitives.WriteUInt16BigEndian(plaintext[LengthOffset..], (ushort)body.Length);
        body.CopyTo(plaintext[BoxClassSizes.PlaintextHeadSize..]);
        plaintext[(BoxClassSizes.PlaintextHeadSize + body.Length)..].Clear();
    }

    public static BoxError TryRead(ReadOnlySpan<byte> plaintext, out BoxKind kind, out int bodyLength)
    {
        kind = default;
        bodyLength = 0;
        if (plaintext.Length < BoxClassSizes.PlaintextHeadSize)
            return BoxError.WrongSize;
        if (plaintext[0] != Format)
            return BoxError.FormatUnknown;
        if (!IsKind((BoxKind)plaintext[KindOffset]))
            return BoxError.KindUnknown;
        var length = BinaryPrimitives.ReadUInt16BigEndian(plaintext[LengthOffset..]);
        var rest = plaintext[BoxClassSizes.PlaintextHeadSize..];
        if (length > rest.Length)
            return BoxError.LengthInvalid;
        if (rest[length..].IndexOfAnyExcept((byte)0) >= 0)
            return BoxError.PaddingInvalid;
        kind = (BoxKind)plaintext[KindOffset];
        bodyLength = length;
        return BoxError.None;
    }

    public static bool IsKind(BoxKind kind) => kind is >= BoxKind.Data and <= BoxKind.Bundle;
}
