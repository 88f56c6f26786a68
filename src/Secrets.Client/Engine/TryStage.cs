namespace Secrets.Client.Engine;

/// <summary>How far the answer to a secret has come.</summary>
internal enum TryStage
{
    /// <summary>The offer was not found yet.</summary>
    Searching = 1,

    /// <summary>The answer is made; it goes to the offer's relays.</summary>
    Answered = 2,

    /// <summary>The owner has confirmed.</summary>
    Confirmed = 3,

    /// <summary>The secret is no longer good.</summary>
    Failed = 4,
}
