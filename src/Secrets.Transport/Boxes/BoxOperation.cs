namespace Secrets.Transport.Boxes;

/// <summary>What a request cell asks.</summary>
public enum BoxOperation
{
    /// <summary>Give the box of an address, now or when it comes.</summary>
    Read = 1,

    /// <summary>Keep this box.</summary>
    Write = 2,

    /// <summary>Delete the box of an address and remember it.</summary>
    Delete = 3,
}
