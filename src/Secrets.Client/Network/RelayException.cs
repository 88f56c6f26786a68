namespace Secrets.Client.Network;

/// <summary>A relay could not be used. Says nothing about which one: messages must not name addresses.</summary>
public sealed class RelayException : Exception
{
    /// <summary>A failure; transient ones are worth another try.</summary>
    public RelayException(bool isTransient) : base(isTransient ? "The relay can't be reached." : "This relay is not the one it should be.") => IsTransient = isTransient;

    /// <summary>True if trying again later may help.</summary>
    public bool IsTransient { get; }
}
