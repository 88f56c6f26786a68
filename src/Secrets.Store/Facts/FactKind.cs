namespace Secrets.Store;

/// <summary>The type of a value. Numbers are permanent.</summary>
public enum FactKind
{
    /// <summary>No value.</summary>
    None = 0,

    /// <summary>UTF-8 text, kept byte for byte.</summary>
    Text = 1,

    /// <summary>Bytes that are not secret by themselves.</summary>
    Bytes = 2,

    /// <summary>A signed 64-bit number.</summary>
    Number = 3,

    /// <summary>True or false.</summary>
    Boolean = 4,

    /// <summary>A time in milliseconds since 1970, UTC.</summary>
    Time = 5,

    /// <summary>Another entity.</summary>
    Reference = 6,

    /// <summary>Secret bytes: a value that loses a merge stays visible as a conflict.</summary>
    Secret = 7,
}
