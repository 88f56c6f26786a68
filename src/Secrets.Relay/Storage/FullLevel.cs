namespace Secrets.Relay.Storage;

/// <summary>Which new writes have no room.</summary>
internal enum FullLevel
{
    /// <summary>All have room.</summary>
    None = 0,

    /// <summary>Boxes of the large class are refused.</summary>
    Large = 1,

    /// <summary>All new boxes are refused; what is there is served and can be deleted.</summary>
    All = 2,
}
