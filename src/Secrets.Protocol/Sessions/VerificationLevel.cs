namespace Secrets.Protocol.Sessions;

/// <summary>What is proved about the participant on the other side of a chat (decision 12).</summary>
public enum VerificationLevel
{
    /// <summary>Whoever had the secret first; nothing else is known.</summary>
    NotVerified = 0,

    /// <summary>Both made a secret and both entered the other's, proved by both <c>also</c> values; the secrets may have been read by others on their way.</summary>
    BothSecretsExchanged = 1,

    /// <summary>Moreover each secret came directly, or the safety number was compared.</summary>
    Verified = 2,
}
