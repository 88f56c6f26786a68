using System.Buffers.Binary;
using System.Diagnostics;

namespace Secrets.Stack;

/// <summary>The header of a packet: flags u8, length u32, number i32.</summary>
/// <remarks>Spec: docs/protocol/stack.md §3.4.</remarks>
internal static class PacketFormat
{
    public const int HeaderSize = sizeof(byte) + sizeof(uint) + sizeof(int);

    public const byte EndFlag = 0x04;
    public const byte StreamFlag = 0x08;

    /// <summary>A packet that only peers know who said that they do: credit, cancelling, the word that one knows it.</summary>
    public const byte ExtensionFlag = 0x10;
    private const byte TypeMask = 0x03;
    private const byte BinaryType = 0;
    private const byte TextType = 1;
    private const byte JsonType = 2;

    public static void WriteHeader(Span<byte> header, RpcKind kind, bool isStream, bool isEnd, int length, int id)
    {
        var flags = kind switch
        {
            RpcKind.Binary => BinaryType,
            RpcKind.Text => TextType,
            RpcKind.Json => JsonType,
        };
        header[0] = (byte)(flags | (isStream ? StreamFlag : 0) | (isEnd ? EndFlag : 0));
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)length);
        BinaryPrimitives.WriteInt32BigEndian(header[5..], id);
    }

    /// <summary>The header of an extension packet, whose body is bytes.</summary>
    public static void WriteExtensionHeader(Span<byte> header, byte flags, int length, int id)
    {
        WriteHeader(header, RpcKind.Binary, isStream: false, isEnd: false, length, id);
        header[0] = (byte)(ExtensionFlag | flags);
    }

    /// <summary>The kind of body that flags name; false for the fourth type, which doesn't exist. Bits 5 to 7 mean nothing.</summary>
    public static bool TryReadKind(byte flags, out RpcKind kind)
    {
        kind = (flags & TypeMask) switch
        {
            BinaryType => RpcKind.Binary,
            TextType => RpcKind.Text,
            _ => RpcKind.Json,
        };
        Debug.Assert(JsonType == 2);
        return (flags & TypeMask) <= JsonType;
    }
}
