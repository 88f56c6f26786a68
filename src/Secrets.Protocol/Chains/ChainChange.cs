namespace Secrets.Protocol.Chains;

/// <summary>What an accepted link did to the chain.</summary>
public enum ChainChange
{
    /// <summary>Nothing: the link was known.</summary>
    None = 0,

    /// <summary>The link stands at the end of the chain.</summary>
    Extended = 1,

    /// <summary>A fork was decided for the new branch: other links are void now and devices may have changed.</summary>
    Reorganised = 2,

    /// <summary>The link stands in a losing branch: it is void and kept as proof.</summary>
    Void = 3,
}
