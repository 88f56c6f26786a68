namespace Secrets.Protocol.Calls;

/// <summary>What is to be done after a step of a call.</summary>
public enum CallEffectKind
{
    /// <summary>Send a signal to the party.</summary>
    Send = 1,

    /// <summary>Make an offer, of the revision that the leg now has.</summary>
    MakeOffer = 2,

    /// <summary>Take the party's offer and make an answer.</summary>
    TakeOffer = 3,

    /// <summary>Take the party's answer.</summary>
    TakeAnswer = 4,

    /// <summary>Take further ways to the party.</summary>
    TakeCandidates = 5,

    /// <summary>The leg's state, words or switches have changed.</summary>
    Changed = 6,

    /// <summary>The leg is over: let its connection go.</summary>
    Close = 7,

    /// <summary>In a room: make a connection with a certificate of its own to the party, and join with it.</summary>
    Prepare = 8,
}
