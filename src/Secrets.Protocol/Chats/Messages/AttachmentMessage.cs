using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>A pointer to content in a temporary channel of large boxes (decision 26).</summary>
/// <remarks>
/// kind (1) ‖ read capability (136) ‖ number of boxes k (2) ‖ key (32) ‖ BLAKE2b-256 of the plaintext (32) ‖ size (8) ‖
/// media type (1 + ≤64) ‖ name (1 + ≤64) ‖ relays (list). A view; it holds secrets. Spec: docs/protocol/chats.md §3.4.3.
/// </remarks>
public readonly ref struct AttachmentMessage : IMessageBody
{
    /// <summary>Size of the key.</summary>
    public const int KeySize = 32;

    /// <summary>Longest media type in bytes.</summary>
    public const int MaxMediaTypeSize = 64;

    /// <summary>Most boxes: 256 of 65,476 bytes are 16 MiB.</summary>
    public const int MaxBoxes = 256;

    private const int FixedSize = 1 + MessageFields.ReadCapabilitySize + sizeof(ushort) + KeySize + Hash256.Size + sizeof(ulong);

    /// <summary>A pointer. The spans stay the caller's.</summary>
    public AttachmentMessage(AttachmentKind kind, ReadOnlySpan<byte> readCapability, int boxCount, ReadOnlySpan<byte> key, Hash256 plaintextHash, long plaintextSize, string mediaType, string name, IReadOnlyList<string> relays)
    {
        MessageFields.RequireCapability(readCapability);
        if (key.Length != KeySize || !IsPowerOfTwoWithin(boxCount) || !FitsBoxes(plaintextSize, boxCount))
            throw new ArgumentException("The key, the number of boxes or the size is out of range.");
        if (!MessageFields.IsMediaType(mediaType) || !NameText.IsValid(name, allowEmpty: true) || !IsFileName(name) || !MessageFields.AreRelays(relays))
            throw new ArgumentException("The media type, the name or a relay is not valid.");
        Kind = kind;
        ReadCapability = readCapability;
        BoxCount = boxCount;
        Key = key;
        PlaintextHash = plaintextHash;
        PlaintextSize = plaintextSize;
        MediaType = mediaType;
        Name = name;
        Relays = relays;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.Attachment;

    /// <summary>File or long text.</summary>
    public AttachmentKind Kind { get; }

    /// <summary>Read capability of the temporary channel, 136 bytes.</summary>
    public ReadOnlySpan<byte> ReadCapability { get; }

    /// <summary>How many boxes: a power of two.</summary>
    public int BoxCount { get; }

    /// <summary>Key of the chunks, 32 bytes.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>BLAKE2b-256 of the plaintext.</summary>
    public Hash256 PlaintextHash { get; }

    /// <summary>Length of the plaintext in bytes.</summary>
    public long PlaintextSize { get; }

    /// <summary>Media type, printable ASCII; a hint, never trusted.</summary>
    public string MediaType { get; }

    /// <summary>File name, without any path; neutralise it before it is shown or written.</summary>
    public string Name { get; }

    /// <summary>Where the boxes lie.</summary>
    public IReadOnlyList<string> Relays { get; }

    /// <inheritdoc/>
    public int Size => FixedSize + 1 + MediaType.Length + 1 + System.Text.Encoding.UTF8.GetByteCount(Name) + RelayAddresses.Size(Relays);

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out AttachmentMessage message)
    {
        message = default;
        var reader = new WireReader(source);
        if (!reader.TryReadByte(out var kind) || !reader.TryReadFixed(MessageFields.ReadCapabilitySize, out var capability)
            || !reader.TryReadUInt16(out var count) || !reader.TryReadFixed(KeySize, out var key)
            || !reader.TryReadFixed(Hash256.Size, out var hashBytes) || !reader.TryReadUInt64(out var size)
            || !reader.TryReadBytes8(MaxMediaTypeSize, out var media) || !reader.TryReadBytes8(NameText.MaxSize, out var nameBytes))
        {
            return MessageError.Truncated;
        }

        if (!Enum.IsDefined((AttachmentKind)kind) || !IsPowerOfTwoWithin(count) || size > long.MaxValue || !FitsBoxes((long)size, count))
            return MessageError.OutOfRange;
        var mediaType = System.Text.Encoding.Latin1.GetString(media);
        if (!MessageFields.IsMediaType(mediaType))
            return MessageError.ControlCharacter;
        var error = NameText.TryRead(nameBytes, allowEmpty: true, out var name);
        if (error != MessageError.None)
            return error;
        if (!IsFileName(name))
            return MessageError.OutOfRange;
        error = MessageFields.TryReadRelays(ref reader, out var relays);
        if (error != MessageError.None)
            return error;
        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        _ = Hash256.TryRead(hashBytes, out var hash);
        message = new AttachmentMessage((AttachmentKind)kind, capability, count, key, hash, (long)size, mediaType, name, relays);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte((byte)Kind);
        writer.WriteFixed(ReadCapability);
        writer.WriteUInt16((ushort)BoxCount);
        writer.WriteFixed(Key);
        writer.WriteFixed(PlaintextHash.Bytes);
        writer.WriteUInt64((ulong)PlaintextSize);
        writer.WriteBytes8(System.Text.Encoding.ASCII.GetBytes(MediaType));
        writer.WriteBytes8(System.Text.Encoding.UTF8.GetBytes(Name));
        RelayAddresses.Write(ref writer, Relays);
    }

    // a name that is a path would let the writer choose where the reader's program puts the file (E-71)
    private static bool IsFileName(string name) => name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\\', ':');

    private static bool IsPowerOfTwoWithin(int count) => count is > 0 and <= MaxBoxes && int.IsPow2(count);

    private static bool FitsBoxes(long size, int count) => size >= 0 && size <= (long)count * AttachmentChunk.PlainSize;
}
