namespace Secrets.Client.Views;

/// <summary>Where an own message is.</summary>
public enum DeliveryState
{
    /// <summary>On this device only; goes out by itself.</summary>
    Waiting = 0,

    /// <summary>At a relay.</summary>
    Sent = 1,

    /// <summary>On a device of the other side.</summary>
    Received = 2,
}
