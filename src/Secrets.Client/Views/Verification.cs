namespace Secrets.Client.Views;

/// <summary>What is known about who the other side is.</summary>
public enum Verification
{
    /// <summary>Nothing was compared.</summary>
    NotVerified = 0,

    /// <summary>Each entered the other's secret and both proofs are right.</summary>
    BothSecretsExchanged = 1,

    /// <summary>The number was compared, or both secrets were exchanged and this one came directly from the other person.</summary>
    Verified = 2,
}
