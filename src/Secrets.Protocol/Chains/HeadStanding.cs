namespace Secrets.Protocol.Chains;

/// <summary>How a head that somebody reports stands to the chain one has.</summary>
public enum HeadStanding
{
    /// <summary>It is our head.</summary>
    Current = 0,

    /// <summary>It is an earlier link of our chain: the reporter is behind.</summary>
    Behind = 1,

    /// <summary>Its number is above ours: links are missing here.</summary>
    Ahead = 2,

    /// <summary>It is a link that lost a fork: the reporter has not seen the winner.</summary>
    Void = 3,

    /// <summary>Another link at a place where we have one: a fork that was hidden from one of the two.</summary>
    Forked = 4,
}
