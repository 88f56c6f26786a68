namespace Secrets.Stack;

/// <summary>To whom an address is of use, and so is told.</summary>
[Flags]
public enum StackScopes
{
    /// <summary>To nobody.</summary>
    None = 0,

    /// <summary>Programs on the same device.</summary>
    Device = 1,

    /// <summary>Devices on the same network.</summary>
    Local = 2,

    /// <summary>Members of the same private network.</summary>
    Private = 4,

    /// <summary>Everybody.</summary>
    Public = 8,

    /// <summary>All of them.</summary>
    All = Device | Local | Private | Public,
}
