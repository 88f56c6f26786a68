using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>Fields that several bodies share.</summary>
internal static class MessageFields
{
    public const int ReadCapabilitySize = 136;
    public const int MaxRelays = 3;
    public const int MaxRelaySize = 119;
    public const int MaxRelaysSize = 1 + (MaxRelays * (1 + MaxRelaySize));

    public static void RequireCapability(ReadOnlySpan<byte> capability)
    {
        if (capability.Length != ReadCapabilitySize)
            throw new ArgumentException("A read capability has 136 bytes.", nameof(capability));
    }

    public static bool IsMediaType(string value) =>
        value.Length <= AttachmentMessage.MaxMediaTypeSize && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    public static bool IsRelay(string address) =>
        address.Length is > 0 and <= MaxRelaySize && !address.AsSpan().ContainsAnyExceptInRange('!', '~');

    public static bool AreRelays(IReadOnlyList<string> relays) => relays.Count <= MaxRelays && relays.All(IsRelay);

    public static int RelaysSize(IReadOnlyList<string> relays) => 1 + relays.Sum(r => 1 + r.Length);

    public static void WriteRelays(ref WireWriter writer, IReadOnlyList<string> relays)
    {
        writer.WriteByte((byte)relays.Count);
        foreach (var relay in relays)
            writer.WriteBytes8(System.Text.Encoding.ASCII.GetBytes(relay));
    }

    public static MessageError TryReadRelays(ref WireReader reader, out IReadOnlyList<string> relays)
    {
        relays = [];
        if (!reader.TryReadByte(out var count))
            return MessageError.Truncated;
        if (count > MaxRelays)
            return MessageError.OutOfRange;
        var read = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            var error = TryReadRelay(ref reader, out var relay);
            if (error != MessageError.None)
                return error;
            read.Add(relay);
        }

        relays = read.AsReadOnly();
        return MessageError.None;
    }

    public static MessageError TryReadRelay(ref WireReader reader, out string relay)
    {
        relay = "";
        if (!reader.TryReadBytes8(byte.MaxValue, out var bytes))
            return MessageError.Truncated;
        if (bytes.Length is 0 or > MaxRelaySize)
            return MessageError.OutOfRange;
        var text = System.Text.Encoding.Latin1.GetString(bytes);
        if (!IsRelay(text))
            return MessageError.ControlCharacter;
        relay = text;
        return MessageError.None;
    }

    public static ChannelId ReadChannel(ReadOnlySpan<byte> bytes)
    {
        _ = ChannelId.TryRead(bytes, out var channel);
        return channel;
    }

    public static Hash256 ReadHash(ReadOnlySpan<byte> bytes)
    {
        _ = Hash256.TryRead(bytes, out var hash);
        return hash;
    }
}
