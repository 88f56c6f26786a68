namespace Secrets.Relay;

/// <summary>Who may read <c>/metrics</c>.</summary>
public enum MetricsAccess
{
    /// <summary>Requests from the own machine.</summary>
    Loopback = 0,

    /// <summary>Everybody who reaches the port.</summary>
    All = 1,

    /// <summary>Nobody.</summary>
    Off = 2,
}
