namespace Secrets.Relay;

/// <summary>A relay can't start or go on, for a reason of its surroundings.</summary>
public sealed class RelayException : Exception
{
    /// <summary>With the reason.</summary>
    public RelayException(RelayErrorCode code) : this(code, Describe(code))
    {
    }

    /// <summary>With the reason and words of our own; never bytes from a peer.</summary>
    public RelayException(RelayErrorCode code, string message) : base(message) => Code = code;

    /// <summary>The reason.</summary>
    public RelayErrorCode Code { get; }

    /// <summary>True where trying again later can help.</summary>
    public bool IsTransient => Code is RelayErrorCode.AddressTaken or RelayErrorCode.DataInUse or RelayErrorCode.DataUnusable;

    private static string Describe(RelayErrorCode code) => code switch
    {
        RelayErrorCode.None => "nothing is wrong",
        RelayErrorCode.AddressTaken => "the address is taken",
        RelayErrorCode.BadOption => "an option can't be read",
        RelayErrorCode.DataTooNew => "the data folder was written by a later version of this program: run that version, or use another folder",
        RelayErrorCode.DataNotOurs => "the data folder holds a boxes.db that is not a relay's",
        RelayErrorCode.DataInUse => "the data folder is in use by another relay",
        RelayErrorCode.DataUnusable => "the data folder can't be read or written",
        RelayErrorCode.DataDamaged => "the box database is damaged: restore it from a backup, or move it away to start empty",
        RelayErrorCode.BadCertificate => "the certificate or its key can't be read",
        RelayErrorCode.BadTurnSecret => "the file with the TURN server's secret can't be read, or it has fewer than 16 characters: name it with --turn-secret",
    };
}
