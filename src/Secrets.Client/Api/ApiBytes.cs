namespace Secrets.Client.Api;

/// <summary>Whether a command has bytes beside its JSON.</summary>
public enum ApiBytes
{
    /// <summary>It has none.</summary>
    None = 0,

    /// <summary>It takes bytes beside its arguments.</summary>
    Taken = 1,

    /// <summary>It gives bytes beside its result.</summary>
    Given = 2,
}
