namespace Secrets.Protocol.Sessions;

/// <summary>Why an answer is not taken. The one who wrote it sees nothing of it.</summary>
/// <remarks>Spec: docs/protocol/sessions.md §5.3.</remarks>
public enum AnswerError
{
    /// <summary>Taken.</summary>
    None = 0,

    /// <summary>The open part has another length or a key that can't be one.</summary>
    Malformed = 1,

    /// <summary>Another suite than the offer's.</summary>
    OtherSuite = 2,

    /// <summary>It does not open under the agreed keys, whatever the reason.</summary>
    Rejected = 3,

    /// <summary>It opened, and its inside is not in the one canonical form.</summary>
    BadContent = 4,
}
