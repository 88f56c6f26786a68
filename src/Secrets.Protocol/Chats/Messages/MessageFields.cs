using Secrets.Crypto;
using Secrets.Protocol.Sessions;
using Secrets.Transport.Boxes;
using Secrets.Transport.Encoding;

namespace Secrets.Protocol.Chats;

/// <summary>Fields that several bodies share.</summary>
internal static class MessageFields
{
    public const int ReadCapabilitySize = ReadCapability.Size;

    public static void RequireCapability(ReadOnlySpan<byte> capability)
    {
        if (capability.Length != ReadCapabilitySize)
            throw new ArgumentException("A read capability has 136 bytes.", nameof(capability));
    }

    public static bool IsMediaType(string value) =>
        value.Length <= AttachmentMessage.MaxMediaTypeSize && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    public static bool AreRelays(IReadOnlyList<string> relays) => relays.Count <= RelayAddresses.MaxCount && relays.All(RelayAddresses.IsValid);

    public static MessageError TryReadRelays(ref WireReader reader, out IReadOnlyList<string> relays) =>
        RelayAddresses.TryRead(ref reader, out relays) ? MessageError.None : MessageError.OutOfRange;

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
