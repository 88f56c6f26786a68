using System.Text;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Transport.Encoding;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <summary>What a message says.</summary>
/// <remarks>kind 1 ‖ after 16 ‖ time 8 ‖ body (bytes32) ‖ zeros. Spec: docs/protocol/rooms.md §3.6.</remarks>
public sealed class RoomContent
{
    /// <summary>Longest text in bytes.</summary>
    public const int MaxTextSize = 60_000;

    /// <summary>Longest sign of a reaction in bytes.</summary>
    public const int MaxReactionSize = 32;

    /// <summary>Longest name of a file in bytes.</summary>
    public const int MaxFileNameSize = 255;

    private const int HeadSize = 1 + RoomMessageId.Size + sizeof(ulong) + sizeof(uint);

    private RoomContent(ContentKind kind) => Kind = kind;

    /// <summary>What it is.</summary>
    public ContentKind Kind { get; }

    /// <summary>The text, the sign of a reaction, or the new name.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The message that it answers or is a sign under.</summary>
    public RoomMessageId To { get; private init; }

    /// <summary>The file.</summary>
    public RoomFile? File { get; private init; }

    /// <summary>When it was said by its sender's clock, in milliseconds since 1970.</summary>
    public ulong Time { get; private set; }

    /// <summary>The last message of somebody else that its sender had seen.</summary>
    public RoomMessageId After { get; private set; }

    /// <summary>A text.</summary>
    /// <exception cref="ArgumentException">It can't be sent.</exception>
    public static RoomContent OfText(string text) => new(ContentKind.Text) { Text = Checked(text) };

    /// <summary>A text that answers a message.</summary>
    /// <exception cref="ArgumentException">It can't be sent.</exception>
    public static RoomContent OfReply(in RoomMessageId to, string text) => new(ContentKind.Reply) { To = to, Text = Checked(text) };

    /// <summary>A sign under a message; the empty text takes it back.</summary>
    /// <exception cref="ArgumentException">It can't be sent.</exception>
    public static RoomContent OfReaction(in RoomMessageId to, string sign) =>
        IsReaction(sign) ? new(ContentKind.Reaction) { To = to, Text = sign } : throw new ArgumentException("A sign has at most 32 bytes.", nameof(sign));

    /// <summary>A file.</summary>
    /// <exception cref="ArgumentException">Its name or type can't be sent.</exception>
    public static RoomContent OfFile(RoomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!IsLine(file.Name, 1, MaxFileNameSize) || !IsLine(file.Type, 0, byte.MaxValue) || file.Pieces.Count != RoomFile.CountOf(file.Size))
            throw new ArgumentException("A name has 1 to 255 bytes and no control characters.", nameof(file));
        return new(ContentKind.File) { File = file };
    }

    /// <summary>Another name of the sender.</summary>
    /// <exception cref="ArgumentException">It can't be one.</exception>
    public static RoomContent OfName(string name) => NameText.IsValid(name) ? new(ContentKind.Name) { Text = name } : throw new ArgumentException("This can't be a name.", nameof(name));

    /// <summary>True for a text that can be sent.</summary>
    public static bool IsText(string text) => ChatText.TryEncode(text, out var utf8) == MessageError.None && utf8.Length <= MaxTextSize;

    /// <summary>True for a sign that can be sent.</summary>
    public static bool IsReaction(string sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        return IsLine(sign, 0, MaxReactionSize);
    }

    /// <summary>True for a text of one line with so many bytes.</summary>
    internal static bool IsLine(string text, int least, int most) =>
        text.Length <= most && (text.Length == 0 ? least == 0 : ChatText.TryEncode(text, out var utf8) == MessageError.None && utf8.Length >= least && utf8.Length <= most && !text.AsSpan().ContainsAny('\n', '\t'));

    /// <summary>Reads the plaintext of a message. A kind that is not known is <see cref="RoomFrameError.UnknownKind"/>.</summary>
    public static RoomFrameError TryRead(ReadOnlySpan<byte> plaintext, out RoomContent? content)
    {
        content = null;
        var reader = new WireReader(plaintext);
        if (!reader.TryReadByte(out var kind) || !reader.TryReadFixed(RoomMessageId.Size, out var after) || !reader.TryReadUInt64(out var time))
            return RoomFrameError.Truncated;
        if (!reader.TryReadBytes32(plaintext.Length, out var body) || !reader.TryReadFixed(reader.Remaining, out var rest))
            return RoomFrameError.Truncated;
        if (rest.ContainsAnyExcept((byte)0))
            return RoomFrameError.Malformed;
        if (kind is < (byte)ContentKind.Text or > (byte)ContentKind.Name)
            return RoomFrameError.UnknownKind;
        content = TryReadBody((ContentKind)kind, body);
        if (content is null)
            return RoomFrameError.Malformed;
        _ = RoomMessageId.TryRead(after, out var seen);
        (content.After, content.Time) = (seen, time);
        return RoomFrameError.None;
    }

    /// <summary>The plaintext, without padding; the caller wipes it.</summary>
    internal SecretBuffer Encode(ulong time, in RoomMessageId after)
    {
        (Time, After) = (time, after);
        using var body = EncodeBody();
        var plaintext = new SecretBuffer(HeadSize + body.Length - 1);
        var writer = new WireWriter(plaintext.Bytes);
        writer.WriteByte((byte)Kind);
        writer.WriteFixed(after.Bytes);
        writer.WriteUInt64(time);
        writer.WriteBytes32(body.Bytes[1..]);
        return plaintext;
    }

    // one byte more in front: a buffer is never empty, and a body may be
    private SecretBuffer EncodeBody()
    {
        var text = Encoding.UTF8.GetBytes(Text);
        if (Kind is ContentKind.Text or ContentKind.Name)
            return new SecretBuffer((byte[])[0, .. text]);
        if (File is not { } file)
            return new SecretBuffer((byte[])[0, .. To.Bytes, .. text]);
        var (name, type) = (Encoding.UTF8.GetBytes(file.Name), Encoding.UTF8.GetBytes(file.Type));
        var body = new SecretBuffer(1 + 1 + name.Length + 1 + type.Length + sizeof(ulong) + file.Key.Length + sizeof(ushort) + (file.Pieces.Count * PieceId.Size));
        var writer = new WireWriter(body.Bytes[1..]);
        writer.WriteBytes8(name);
        writer.WriteBytes8(type);
        writer.WriteUInt64((ulong)file.Size);
        writer.WriteFixed(file.Key.Span);
        writer.WriteUInt16((ushort)file.Pieces.Count);
        foreach (var piece in file.Pieces)
            writer.WriteFixed(piece.Bytes);
        return body;
    }

    private static RoomContent? TryReadBody(ContentKind kind, ReadOnlySpan<byte> body)
    {
        if (kind is ContentKind.Text or ContentKind.Name)
        {
            var isRight = kind == ContentKind.Text ? body.Length <= MaxTextSize && ChatText.Check(body) == MessageError.None : NameText.TryRead(body, allowEmpty: false, out _) == MessageError.None;
            return isRight ? new RoomContent(kind) { Text = Encoding.UTF8.GetString(body) } : null;
        }
        if (kind == ContentKind.File)
            return TryReadFile(body);
        if (body.Length < RoomMessageId.Size)
            return null;
        _ = RoomMessageId.TryRead(body[..RoomMessageId.Size], out var to);
        var said = body[RoomMessageId.Size..];
        var isSaid = kind == ContentKind.Reply
            ? said.Length <= MaxTextSize && ChatText.Check(said) == MessageError.None
            : said.IsEmpty || TryReadLine(said, 1, MaxReactionSize, out _);
        return isSaid && to != default ? new RoomContent(kind) { To = to, Text = Encoding.UTF8.GetString(said) } : null;
    }

    private static RoomContent? TryReadFile(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        if (!reader.TryReadBytes8(MaxFileNameSize, out var nameBytes) || !reader.TryReadBytes8(byte.MaxValue, out var typeBytes) || !reader.TryReadUInt64(out var size)
            || !reader.TryReadFixed(Aes256Gcm.KeySize, out var key) || !reader.TryReadUInt16(out var count))
        {
            return null;
        }
        if (!TryReadLine(nameBytes, 1, MaxFileNameSize, out var name) || !TryReadLine(typeBytes, 0, byte.MaxValue, out var type) || size > RoomFile.MaxSize || count != RoomFile.CountOf((long)size))
            return null;
        var pieces = new List<PieceId>();
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadFixed(PieceId.Size, out var bytes))
                return null;
            _ = PieceId.TryRead(bytes, out var piece);
            pieces.Add(piece);
        }
        return reader.IsAtEnd ? new RoomContent(ContentKind.File) { File = new RoomFile(name, type, (long)size, key.ToArray(), pieces) } : null;
    }

    private static bool TryReadLine(ReadOnlySpan<byte> utf8, int least, int most, out string line)
    {
        line = "";
        if (utf8.Length < least || utf8.Length > most || (!utf8.IsEmpty && ChatText.Check(utf8) != MessageError.None))
            return false;
        line = Encoding.UTF8.GetString(utf8);
        return IsLine(line, least, most);
    }

    private static string Checked(string text) => IsText(text) ? text : throw new ArgumentException("The text is empty, too long or not valid.", nameof(text));
}
