namespace Secrets.Protocol.Chats;

/// <summary>The registry of message types: what a number means, and what its range says of an unknown one.</summary>
public static class MessageTypes
{
    internal const ushort ControlFlag = 0x4000;
    internal const ushort ExtensionFlag = 0x8000;

    /// <summary>The type of a number, or Unknown.</summary>
    public static MessageType Find(ushort code) =>
        code != 0 && Enum.IsDefined((MessageType)code) ? (MessageType)code : MessageType.Unknown;

    /// <summary>True for messages between devices, which hold no heads and no reply and are shown to nobody.</summary>
    public static bool IsControl(ushort code) => (code & ControlFlag) != 0;

    /// <summary>True for numbers that this registry will never give away.</summary>
    public static bool IsExtension(ushort code) => (code & ExtensionFlag) != 0;

    /// <summary>The number of a known type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Unknown has no number.</exception>
    public static ushort CodeOf(MessageType type)
    {
        if (type == MessageType.Unknown || !Enum.IsDefined(type))
            throw new ArgumentOutOfRangeException(nameof(type));
        return (ushort)type;
    }
}
