using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <summary>A file that somebody laid into a room: its name, type, size, and what fetches and opens its pieces.</summary>
/// <remarks>The key is wiped with the room's machine. Spec: docs/protocol/rooms.md §3.6.</remarks>
public sealed class RoomFile
{
    /// <summary>Bytes that a full piece holds.</summary>
    public const int PieceSize = 65_536;

    /// <summary>Longest file: what a room holds in pieces, but for a margin.</summary>
    public const long MaxSize = 16L << 20;

    internal const int KeySize = Crypto.Aes256Gcm.KeySize;

    internal RoomFile(string name, string type, long size, ReadOnlyMemory<byte> key, IReadOnlyList<PieceId> pieces)
    {
        Name = name;
        Type = type;
        Size = size;
        Key = key;
        Pieces = pieces;
    }

    /// <summary>Its name, as its sender gave it.</summary>
    public string Name { get; }

    /// <summary>Its media type, as its sender gave it.</summary>
    public string Type { get; }

    /// <summary>Its size in bytes.</summary>
    public long Size { get; }

    /// <summary>Its pieces in order.</summary>
    public IReadOnlyList<PieceId> Pieces { get; }

    internal ReadOnlyMemory<byte> Key { get; }

    /// <summary>How many pieces a file of this size has.</summary>
    public static int CountOf(long size) => (int)((size + PieceSize - 1) / PieceSize);

    /// <summary>Bytes of a piece's plaintext, padded.</summary>
    public static int PaddedSize(int length) => length switch
    {
        <= 4_096 => 4_096,
        <= 16_384 => 16_384,
        _ => PieceSize,
    };

    /// <summary>Opens a piece; false if anything was changed. The rest of the destination, behind the file's bytes, is zero.</summary>
    public bool TryOpen(in RoomAddress address, int index, ReadOnlySpan<byte> ciphertext, Span<byte> piece) =>
        RoomSealing.TryOpenPiece(piece, ciphertext, address, Pieces[index], (ulong)index, Key.Span);
}
