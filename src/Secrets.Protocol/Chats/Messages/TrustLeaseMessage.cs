using System.Buffers.Binary;

namespace Secrets.Protocol.Chats;

/// <summary>The sender's device trusts the receiver's until this hour: hours since 1970 (4).</summary>
/// <remarks>Decision 18. A receiver grants no more than 30 days from now. Spec: docs/protocol/chats.md §3.4.9.</remarks>
public sealed class TrustLeaseMessage : IMessageBody
{
    /// <summary>Size in bytes.</summary>
    public const int FixedSize = sizeof(uint);

    private const long SecondsPerHour = 3_600;

    // the last hour with which time can still be reckoned: the field has room for far more
    private const uint LastHour = 70_000_000;

    /// <summary>A lease until the full hour below the time.</summary>
    public TrustLeaseMessage(DateTimeOffset until) => UntilHours = checked((uint)(until.ToUnixTimeSeconds() / SecondsPerHour));

    private TrustLeaseMessage(uint untilHours) => UntilHours = untilHours;

    /// <inheritdoc/>
    public MessageType Type => MessageType.TrustLease;

    /// <inheritdoc/>
    public int Size => FixedSize;

    /// <summary>The hour, since 1970.</summary>
    public uint UntilHours { get; }

    /// <summary>The end of the lease; of hours beyond the year 9955 that year: readers count 30 days at most.</summary>
    public DateTimeOffset Until => DateTimeOffset.FromUnixTimeSeconds(Math.Min(UntilHours, LastHour) * SecondsPerHour);

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out TrustLeaseMessage? message)
    {
        message = null;
        if (source.Length != FixedSize)
            return source.Length < FixedSize ? MessageError.Truncated : MessageError.TooLong;
        message = new TrustLeaseMessage(BinaryPrimitives.ReadUInt32BigEndian(source));
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt32BigEndian(destination, UntilHours);
}
