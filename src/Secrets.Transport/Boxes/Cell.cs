using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>What request and answer cells have in common.</summary>
/// <remarks>Spec: docs/protocol/boxes.md §3.6.</remarks>
public static class Cell
{
    /// <summary>Bytes of the head, which is also the shortest cell.</summary>
    public const int HeadSize = 256;

    /// <summary>Bytes at the start of a cell that tell its length.</summary>
    public const int StartSize = 4;

    /// <summary>Bytes of the token field.</summary>
    public const int TokenSize = 128;

    /// <summary>Longest wait of a read in seconds.</summary>
    public const int MaxWaitSeconds = 250;

    /// <summary>Flag: this cell is the head alone.</summary>
    internal const byte FlagShort = 1;

    /// <summary>Flag of a request: an answer without a body may be the head alone.</summary>
    internal const byte FlagShortAnswer = 2;

    internal const int ClassOffset = 1;
    internal const int RequestAddressOffset = 4;
    internal const int RequestSignatureOffset = RequestAddressOffset + BoxAddress.Size;
    internal const int TokenOffset = RequestSignatureOffset + Ed25519Signature.Size;
    internal const int RequestZeroOffset = TokenOffset + TokenSize;
    internal const int AnswerAddressOffset = 4;
    internal const int AnswerSignatureOffset = AnswerAddressOffset + BoxAddress.Size;
    internal const int AnswerZeroOffset = AnswerSignatureOffset + Ed25519Signature.Size;

    internal static bool IsZero(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) < 0;
}
