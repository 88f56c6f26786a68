using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>What an agreement is bound to besides the secret: the chat it belongs to and who introduced the two (decision 8).</summary>
/// <remarks>Both sides must name the same, or the answer does not open. Spec: docs/protocol/sessions.md §4.3.</remarks>
public readonly struct AgreementContext
{
    private AgreementContext(ChatId chat, Hash256 introducer, bool isInChat)
    {
        Chat = chat;
        Introducer = introducer;
        IsInChat = isInChat;
    }

    /// <summary>A link or an own device's secret that starts something new: nothing besides the secret. Also <c>default</c>.</summary>
    public static AgreementContext None => default;

    /// <summary>True inside an existing chat.</summary>
    public bool IsInChat { get; }

    /// <summary>The chat.</summary>
    public ChatId Chat { get; }

    /// <summary>The participant id of the introducer; all zero for a standing offer.</summary>
    public Hash256 Introducer { get; }

    /// <summary>A standing offer of a chat.</summary>
    public static AgreementContext Standing(ChatId chat) => new(chat, default, isInChat: true);

    /// <summary>An introduction in a chat by a participant.</summary>
    public static AgreementContext Introduced(ChatId chat, Hash256 introducer) => new(chat, introducer, isInChat: true);

    /// <summary>Whether this context goes with offers of that kind.</summary>
    public bool Suits(OfferKind kind) => IsInChat == (kind is OfferKind.Introduced or OfferKind.Standing);
}
