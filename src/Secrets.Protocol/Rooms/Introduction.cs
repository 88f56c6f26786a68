using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Rooms;

/// <summary>What one session tells another of itself: its present sender key, its name, and what it holds of the owner's statements.</summary>
/// <remarks>flags 1 ‖ owner key 32 ‖ statement number 4 ‖ statement hash 32 ‖ key id 8 ‖ counter 8 ‖ chain key 32 ‖ sign key 32 ‖ name (bytes8). Spec: docs/protocol/rooms.md §3.6, §4.2.</remarks>
internal sealed class Introduction : IDisposable
{
    public const int MaxSize = 1 + Ed25519PublicKey.Size + sizeof(uint) + Hash256.Size + (2 * sizeof(ulong)) + (2 * SenderKey.KeySize) + 1 + NameText.MaxSize;

    private const byte AnswerFlag = 1;

    public required bool WantsAnswer { get; init; }

    public required Ed25519PublicKey OwnerKey { get; init; }

    public required uint StatementNumber { get; init; }

    public required Hash256 StatementHash { get; init; }

    public required SenderKey Key { get; init; }

    public required string Name { get; init; }

    public static RoomFrameError TryRead(ReadOnlySpan<byte> source, out Introduction? introduction)
    {
        introduction = null;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var flags) || !reader.TryReadFixed(Ed25519PublicKey.Size, out var ownerBytes) || !reader.TryReadUInt32(out var number)
            || !reader.TryReadFixed(Hash256.Size, out var hashBytes) || !reader.TryReadUInt64(out var id) || !reader.TryReadUInt64(out var counter)
            || !reader.TryReadFixed(SenderKey.KeySize, out var chain) || !reader.TryReadFixed(SenderKey.KeySize, out var sign) || !reader.TryReadBytes8(NameText.MaxSize, out var nameBytes))
        {
            return RoomFrameError.Truncated;
        }
        if (!reader.IsAtEnd)
            return RoomFrameError.TooLong;
        if (flags > AnswerFlag || !Ed25519PublicKey.TryRead(ownerBytes, out var owner) || NameText.TryRead(nameBytes, allowEmpty: false, out var name) != MessageError.None)
            return RoomFrameError.Malformed;
        _ = Hash256.TryRead(hashBytes, out var hash);
        introduction = new Introduction { WantsAnswer = flags == AnswerFlag, OwnerKey = owner, StatementNumber = number, StatementHash = hash, Key = SenderKey.From(id, counter, chain, sign), Name = name };
        return RoomFrameError.None;
    }

    public int Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte(WantsAnswer ? AnswerFlag : (byte)0);
        writer.WriteFixed(OwnerKey.Bytes);
        writer.WriteUInt32(StatementNumber);
        writer.WriteFixed(StatementHash.Bytes);
        writer.WriteUInt64(Key.Id);
        writer.WriteUInt64(Key.Counter);
        writer.WriteFixed(Key.Chain);
        writer.WriteFixed(Key.Sign);
        writer.WriteBytes8(Encoding.UTF8.GetBytes(Name));
        return writer.Length;
    }

    public void Dispose() => Key.Dispose();
}
