namespace Secrets.Client.Api;

/// <summary>The chat that somebody looks at.</summary>
internal sealed class ChatAttendArguments
{
    /// <summary>Its id; null for none.</summary>
    public required ChatId? Chat { get; init; }
}
