using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>Trust of one peer device as a lease: until when its lease to us runs, and when ours to it is to be renewed.</summary>
/// <remarks>
/// After 30 days without renewal one rotates and writes no more to that device, as to somebody who is gone (decision 18).
/// Spec: docs/protocol/chats.md §4.10.
/// </remarks>
public sealed class LeaseWatch
{
    /// <summary>Size of the stored state.</summary>
    public const int StateSize = 1 + (2 * sizeof(ulong)); // version, end of the peer's lease, last renewal of ours

    private const byte StateVersion = 1;

    private static readonly TimeSpan Length = TimeSpan.FromDays(30);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromDays(7);

    private DateTimeOffset _renewed;

    /// <summary>A lease that begins with the session.</summary>
    public LeaseWatch(DateTimeOffset now)
    {
        PeerUntil = now + Length;
        _renewed = now;
    }

    /// <summary>The end of the peer's lease.</summary>
    public DateTimeOffset PeerUntil { get; private set; }

    /// <summary>True if the peer's lease is out: rotate, and stop writing to it.</summary>
    public bool IsOut(DateTimeOffset now) => now > PeerUntil;

    /// <summary>True if our own lease is to be renewed with the next message.</summary>
    public bool ShouldRenew(DateTimeOffset now) => now - _renewed >= RenewEvery || now < _renewed;

    /// <summary>Our renewal; it counts once the message is written.</summary>
    public TrustLeaseMessage Renew(DateTimeOffset now)
    {
        _renewed = now;
        return new TrustLeaseMessage(now + Length);
    }

    /// <summary>Takes the peer's renewal: never more than 30 days from now, and never less than is granted already.</summary>
    public void NoteRenewal(TrustLeaseMessage lease, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var until = lease.Until < now + Length ? lease.Until : now + Length;
        if (until > PeerUntil)
            PeerUntil = until;
    }

    /// <summary>Writes version (1) ‖ end of the peer's lease (8) ‖ last renewal (8), in milliseconds since 1970.</summary>
    public void WriteState(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteByte(StateVersion);
        writer.WriteUInt64((ulong)PeerUntil.ToUnixTimeMilliseconds());
        writer.WriteUInt64((ulong)_renewed.ToUnixTimeMilliseconds());
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    public static MessageError TryReadState(ReadOnlySpan<byte> source, out LeaseWatch? watch)
    {
        watch = null;
        if (source.Length != StateSize)
            return source.Length < StateSize ? MessageError.Truncated : MessageError.TooLong;
        var reader = new WireReader(source);
        _ = reader.TryReadByte(out var version);
        _ = reader.TryReadUInt64(out var until);
        _ = reader.TryReadUInt64(out var renewed);
        if (version != StateVersion)
            return MessageError.UnknownVersion;
        var limit = (ulong)(DateTimeOffset.MaxValue - Length).ToUnixTimeMilliseconds();
        if (until > limit || renewed > limit)
            return MessageError.OutOfRange;
        watch = new LeaseWatch(DateTimeOffset.FromUnixTimeMilliseconds((long)renewed)) { PeerUntil = DateTimeOffset.FromUnixTimeMilliseconds((long)until) };
        return MessageError.None;
    }
}
