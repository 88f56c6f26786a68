using Secrets.Crypto;
using Secrets.Transport.Boxes;

namespace Secrets.Protocol.Sessions;

/// <summary>The result of a key agreement, on either side: the session, the channel of the confirmation, the exporter and the transcript.</summary>
/// <remarks>Owned by who made it; disposing wipes all of it, so what goes on living is exported first. Spec: docs/protocol/sessions.md §4.4.</remarks>
public sealed class Agreement : IDisposable
{
    internal Agreement(AgreementRole role, Hash256 firstTranscript, Hash256 secondTranscript, Session session, WriteCapability confirmChannel, AgreementExporter exporter)
    {
        Role = role;
        FirstTranscript = firstTranscript;
        SecondTranscript = secondTranscript;
        Session = session;
        ConfirmChannel = confirmChannel;
        Exporter = exporter;
    }

    /// <summary>Which side this is.</summary>
    public AgreementRole Role { get; }

    /// <summary>th1. The same answer gives the same: an owner keeps the set until the offer's time is over, and drops what it knows.</summary>
    public Hash256 FirstTranscript { get; }

    /// <summary>th2, the name of the session. Of two re-keys through standing offers the smaller stands.</summary>
    public Hash256 SecondTranscript { get; }

    /// <summary>The chat that starts here, if none is there yet.</summary>
    public ChatId Chat => ChatId.Of(FirstTranscript);

    /// <summary>The session; the owner's can send at once, the guest's after the confirmation arrived.</summary>
    public Session Session { get; }

    /// <summary>The channel of one box in which the owner's first session message lies; both sides have it, the owner writes, the guest reads.</summary>
    public WriteCapability ConfirmChannel { get; }

    /// <summary>E2.</summary>
    public AgreementExporter Exporter { get; }

    /// <summary>Wipes session, channel and exporter.</summary>
    public void Dispose()
    {
        Session.Dispose();
        ConfirmChannel.Dispose();
        Exporter.Dispose();
    }

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(Agreement);
}
