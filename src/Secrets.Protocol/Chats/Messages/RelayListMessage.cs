using Secrets.Protocol.Sessions;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>The relays to which the sender writes from now on: count (1) ‖ per relay: address (1 + ≤119).</summary>
/// <remarks>Decision 17. Spec: docs/protocol/chats.md §3.4.13.</remarks>
public sealed class RelayListMessage : IMessageBody
{
    /// <summary>A list of one to three relays.</summary>
    public RelayListMessage(IReadOnlyList<string> relays)
    {
        ArgumentNullException.ThrowIfNull(relays);
        if (relays.Count == 0 || !MessageFields.AreRelays(relays))
            throw new ArgumentException("One to three addresses of up to 119 printable ASCII characters.", nameof(relays));
        Relays = relays;
    }

    /// <inheritdoc/>
    public MessageType Type => MessageType.RelayList;

    /// <inheritdoc/>
    public int Size => RelayAddresses.Size(Relays);

    /// <summary>Addresses of the relays.</summary>
    public IReadOnlyList<string> Relays { get; }

    /// <summary>Reads a body.</summary>
    public static MessageError TryRead(ReadOnlySpan<byte> source, out RelayListMessage? message)
    {
        message = null;
        var reader = new WireReader(source);
        var error = MessageFields.TryReadRelays(ref reader, out var relays);
        if (error != MessageError.None)
            return error;
        if (relays.Count == 0)
            return MessageError.Empty;
        if (!reader.IsAtEnd)
            return MessageError.TooLong;
        message = new RelayListMessage(relays);
        return MessageError.None;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        RelayAddresses.Write(ref writer, Relays);
    }
}
