namespace Secrets.Client.Engine;

/// <summary>The channels of a session.</summary>
internal enum SessionChannel
{
    /// <summary>One box: the owner's first session message.</summary>
    Confirm = 1,

    /// <summary>Session messages.</summary>
    Pair = 2,

    /// <summary>Data boxes.</summary>
    Data = 3,

    /// <summary>Large boxes of one text or file, to which a message points.</summary>
    Temporary = 4,
}
