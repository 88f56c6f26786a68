namespace Secrets.Protocol.Calls;

/// <summary>What a call begins with; everything can be switched on later.</summary>
public enum CallMedia
{
    /// <summary>Sound alone.</summary>
    Voice = 1,

    /// <summary>Sound and camera.</summary>
    Video = 2,
}
