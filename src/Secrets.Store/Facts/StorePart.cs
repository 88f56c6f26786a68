namespace Secrets.Store;

/// <summary>The two parts of a store; an attribute belongs to one of them. Numbers are permanent.</summary>
#pragma warning disable CA1720 // signed as in "has a signature", not a type of number
public enum StorePart
{
    /// <summary>No part: refused everywhere.</summary>
    None = 0,

    /// <summary>Commits signed by the author's device: settings, participants, vaults.</summary>
    Signed = 1,

    /// <summary>Commits that are authenticated but never signed, nor named by anything signed: messages, so that they stay deniable.</summary>
    Unsigned = 2,
}
#pragma warning restore CA1720
