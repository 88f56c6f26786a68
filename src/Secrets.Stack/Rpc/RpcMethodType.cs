namespace Secrets.Stack;

/// <summary>How a method is called.</summary>
public enum RpcMethodType
{
    /// <summary>One answer, later. Called like <see cref="Sync"/>.</summary>
    Async = 0,

    /// <summary>One answer, at once.</summary>
    Sync = 1,

    /// <summary>A stream of items to the caller.</summary>
    Source = 2,

    /// <summary>A stream of items from the caller.</summary>
    Sink = 3,

    /// <summary>Items both ways.</summary>
    Duplex = 4,
}
