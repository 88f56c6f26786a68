using Secrets.Crypto;

namespace Secrets.Protocol.Sessions;

/// <summary>Which of two agreements between the same two people gives the session. Both sides come to the same answer, in any order of arrival.</summary>
/// <remarks>Decisions 4 and 12. Spec: docs/protocol/sessions.md §4.9.</remarks>
public static class Glare
{
    /// <summary>How long what was set up under the loser is still received.</summary>
    public static TimeSpan LoserIsReceivedFor => TimeSpan.FromDays(7);

    /// <summary>Two secrets, each entered by the other: the smaller S wins. True if it is the first.</summary>
    /// <exception cref="ArgumentException">It is one secret.</exception>
    public static bool FirstSecretWins(Secret first, Secret second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var order = first.CompareTo(second);
        return order != 0 ? order < 0 : throw new ArgumentException("Two agreements under one secret are a race, not glare.", nameof(second));
    }

    /// <summary>Two re-keys through standing offers at once: the smaller th2 stands. True if it is the first.</summary>
    public static bool FirstReKeyWins(Hash256 firstTranscript, Hash256 secondTranscript) => firstTranscript.CompareTo(secondTranscript) < 0;
}
