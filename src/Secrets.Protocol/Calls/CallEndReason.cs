namespace Secrets.Protocol.Calls;

/// <summary>Why a leg is over.</summary>
/// <remarks>Spec: docs/protocol/calls.md §3.1.</remarks>
public enum CallEndReason
{
    /// <summary>Somebody hung up.</summary>
    HungUp = 1,

    /// <summary>The person didn't want the call.</summary>
    Declined = 2,

    /// <summary>The person is in another call.</summary>
    Busy = 3,

    /// <summary>Nobody answered.</summary>
    NotAnswered = 4,

    /// <summary>As many as a call may have are in it.</summary>
    Full = 5,

    /// <summary>The host can't make calls, or no connection could be made.</summary>
    NotPossible = 6,

    /// <summary>The certificate is not the one that was agreed upon: somebody stands between.</summary>
    WrongCertificate = 7,

    /// <summary>The connection was lost and didn't come back.</summary>
    ConnectionLost = 8,
}
