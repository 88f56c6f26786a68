using System.Security.Cryptography;
using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>A message to be written into a channel: type, body, heads, reply, riders. A sending log gives it number and place.</summary>
/// <remarks>Holds plaintext and, in some types, capabilities: dispose it. Spec: docs/protocol/chats.md §4.1.</remarks>
public sealed class ContentDraft : IDisposable
{
    private readonly byte[] _body;
    private readonly List<(ushort Type, byte[] Body)> _riders = [];
    private readonly ushort _typeCode;
    private readonly bool _isIgnorable;

    private ContentDraft(ushort typeCode, byte[] body, bool isIgnorable)
    {
        _typeCode = typeCode;
        _body = body;
        _isIgnorable = isIgnorable;
    }

    /// <summary>When it is written: from the chat's <see cref="ContentClock"/>.</summary>
    public required ContentTime Time { get; init; }

    /// <summary>Seconds after reading until it disappears; 0 for never.</summary>
    public uint ExpirySeconds { get; init; }

    /// <summary>The messages seen last; at most as many as the carrier names. Control messages name none.</summary>
    public IReadOnlyList<MessageSecret> Heads { get; init; } = [];

    /// <summary>The message that this one answers.</summary>
    public MessageSecret? ReplyTo { get; init; }

    /// <summary>The message's secret; drawn when it is written unless set, as for a message sent again (decision 12).</summary>
    public MessageSecret? Secret { get; init; }

    /// <summary>Number of riders so far.</summary>
    public int RiderCount => _riders.Count;

    /// <summary>A draft of a known type.</summary>
    public static ContentDraft Create<TBody>(TBody body, ContentTime time, uint expirySeconds = 0, IReadOnlyList<MessageSecret>? heads = null, MessageSecret? replyTo = null, MessageSecret? secret = null)
        where TBody : IMessageBody, allows ref struct
    {
        var bytes = new byte[body.Size];
        body.Write(bytes);
        return new ContentDraft(MessageTypes.CodeOf(body.Type), bytes, isIgnorable: false)
        {
            Time = time,
            ExpirySeconds = expirySeconds,
            Heads = heads ?? [],
            ReplyTo = replyTo,
            Secret = secret,
        };
    }

    /// <summary>A draft of an extension's type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number belongs to the registry.</exception>
    public static ContentDraft CreateExtension(ushort typeCode, ReadOnlySpan<byte> body, bool isIgnorable, ContentTime time)
    {
        if (!MessageTypes.IsExtension(typeCode))
            throw new ArgumentOutOfRangeException(nameof(typeCode));
        return new ContentDraft(typeCode, body.ToArray(), isIgnorable) { Time = time };
    }

    /// <summary>Lets a control message ride behind the body if it fits the carrier; false if it does not.</summary>
    public bool TryAddRider<TBody>(TBody rider, ContentCarrier carrier)
        where TBody : IMessageBody, allows ref struct
    {
        var code = MessageTypes.CodeOf(rider.Type);
        if (!MessageTypes.IsControl(code))
            throw new ArgumentException("Only control messages ride.", nameof(rider));
        var growth = RiderEnumerator.HeadSize + rider.Size + (_riders.Count == 0 ? sizeof(ushort) : 0);
        if (_riders.Count == RiderEnumerator.MaxCount || SizeFor(carrier) + growth > ContentSizes.MaxContent(carrier))
            return false;
        var bytes = new byte[rider.Size];
        rider.Write(bytes);
        _riders.Add((code, bytes));
        return true;
    }

    /// <summary>Size of the whole content message in a carrier.</summary>
    public int SizeFor(ContentCarrier carrier)
    {
        var size = ContentHeader.Size + _body.Length;
        if (!MessageTypes.IsControl(_typeCode))
            size += (ContentSizes.HeadCount(carrier) * BlindedHeads.TagSize) + BlindedHeads.ReplySize;
        if (_riders.Count > 0)
            size += sizeof(ushort) + _riders.Sum(r => RiderEnumerator.HeadSize + r.Body.Length);
        return size;
    }

    /// <summary>Wipes body and riders.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_body);
        foreach (var (_, body) in _riders)
            CryptographicOperations.ZeroMemory(body);
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(ContentDraft);

    internal MessageSecret Write(Span<byte> destination, ContentCarrier carrier, ulong number, in Hash256 previous, uint generation, RandomSource random)
    {
        var secret = Secret ?? MessageSecret.Generate(random);
        var flags = (_isIgnorable ? ContentOptions.Ignorable : ContentOptions.None) | (_riders.Count > 0 ? ContentOptions.Riders : ContentOptions.None);
        var header = new ContentHeader(_typeCode, (ushort)flags, Time, number, secret, previous, generation, ExpirySeconds);
        var writer = new WireWriter(destination);
        header.Write(writer.Take(ContentHeader.Size));
        if (!header.IsControl)
        {
            BlindedHeads.Fill(writer.Take(ContentSizes.HeadCount(carrier) * BlindedHeads.TagSize), Heads, secret, random);
            var reply = writer.Take(BlindedHeads.ReplySize);
            if (ReplyTo is { } answered)
                BlindedHeads.DeriveReply(answered, secret, reply);
            else
                random.Fill(reply);
        }

        if (_riders.Count == 0)
        {
            writer.WriteFixed(_body);
            return secret;
        }

        writer.WriteBytes16(_body);
        foreach (var (type, body) in _riders)
        {
            writer.WriteUInt16(type);
            writer.WriteBytes16(body);
        }

        return secret;
    }
}
