using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>When to acknowledge to one peer device: with the next message, or alone after 5 to 15 random minutes.</summary>
/// <remarks>Nothing at all goes to a device that is not trusted both ways (decision 25, E-43). Spec: docs/protocol/chats.md §4.4.</remarks>
public sealed class AcknowledgementPlanner
{
    /// <summary>Size of the stored state.</summary>
    public const int StateSize = 1 + sizeof(ulong); // version, due time

    private const byte StateVersion = 1;

    private DateTimeOffset? _due;

    /// <summary>When an acknowledgement goes alone; null if there is nothing to say.</summary>
    public DateTimeOffset? Due => _due;

    /// <summary>
    /// Notes that a message came. Acknowledgements alone are not acknowledged, or two devices would answer each other for ever.
    /// </summary>
    public void NoteReceived(MessageType type, DateTimeOffset now, RandomSource random)
    {
        if (type != MessageType.Acknowledgement)
            _due ??= RandomDelay.From(now, random);
    }

    /// <summary>True if something is to be said, so that it may ride in a message that goes now.</summary>
    public bool ShouldRide(bool isTrustedBothWays) => isTrustedBothWays && _due is not null;

    /// <summary>True if an acknowledgement is to go alone now.</summary>
    public bool IsDue(DateTimeOffset now, bool isTrustedBothWays) => isTrustedBothWays && _due <= now;

    /// <summary>Notes that an acknowledgement went.</summary>
    public void NoteSent() => _due = null;

    /// <summary>Writes version (1) ‖ due time in milliseconds, 0 for none (8).</summary>
    public void WriteState(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte(StateVersion);
        writer.WriteUInt64(_due is { } due ? (ulong)Math.Max(1, due.ToUnixTimeMilliseconds()) : 0);
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote. A due time of the future is kept: a restart must not answer at once.</summary>
    public static MessageError TryReadState(ReadOnlySpan<byte> source, out AcknowledgementPlanner? planner)
    {
        planner = null;
        var reader = new WireReader(source);
        if (source.Length != StateSize)
            return source.Length < StateSize ? MessageError.Truncated : MessageError.TooLong;
        _ = reader.TryReadByte(out var version);
        _ = reader.TryReadUInt64(out var due);
        if (version != StateVersion)
            return MessageError.UnknownVersion;
        if (due > (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return MessageError.OutOfRange;
        planner = new AcknowledgementPlanner { _due = due == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)due) };
        return MessageError.None;
    }
}
