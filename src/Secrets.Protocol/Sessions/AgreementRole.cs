namespace Secrets.Protocol.Sessions;

/// <summary>The two sides of an agreement; the number is also the direction byte of what that side sends.</summary>
public enum AgreementRole
{
    /// <summary>Made the offer; sends the first session message.</summary>
    Owner = 0,

    /// <summary>Answered it.</summary>
    Guest = 1,
}
