namespace Secrets.Protocol.Chats;

/// <summary>The message types of this version. Bit 14 marks control messages, bit 15 types of extensions.</summary>
/// <remarks>Spec: docs/protocol/chats.md §3.4.</remarks>
public enum MessageType
{
    /// <summary>A type that this program does not know: kept, and shown as such unless its sender marked it ignorable.</summary>
    Unknown = 0,

    /// <summary>A text that fits one box.</summary>
    Text = 0x0001,

    /// <summary>A part of a longer text.</summary>
    TextPart = 0x0002,

    /// <summary>A pointer to boxes of a temporary channel.</summary>
    Attachment = 0x0003,

    /// <summary>The owner's read capabilities: the first session message of a chat.</summary>
    Confirm = 0x4001,

    /// <summary>A read capability, after a rotation or for a new device.</summary>
    ReadCapability = 0x4002,

    /// <summary>Up to where channels were received.</summary>
    Acknowledgement = 0x4003,

    /// <summary>Boxes that are missing.</summary>
    RepairRequest = 0x4004,

    /// <summary>What becomes of boxes asked for.</summary>
    RepairAnswer = 0x4005,

    /// <summary>Trust, for 30 days more.</summary>
    TrustLease = 0x4006,

    /// <summary>An offer for meeting again.</summary>
    StandingOffer = 0x4007,

    /// <summary>Proof that the maker of another secret holds this session.</summary>
    AlsoProof = 0x4008,

    /// <summary>A channel is also at another relay.</summary>
    ChannelMoved = 0x4009,

    /// <summary>The relays to which the sender writes.</summary>
    RelayList = 0x400A,

    /// <summary>Heads of relays' bells, to be compared.</summary>
    BellHead = 0x400B,

    /// <summary>Links of participant chains.</summary>
    ChainLinks = 0x400C,

    /// <summary>The sender goes.</summary>
    Leave = 0x400D,

    /// <summary>A signal of a call, or a part of one.</summary>
    CallSignal = 0x400E,
}
