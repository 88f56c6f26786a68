namespace Secrets.Relay;

/// <summary>Why a relay can't start or go on. The numbers are permanent.</summary>
public enum RelayErrorCode
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The address to listen on is taken.</summary>
    AddressTaken = 1,

    /// <summary>An option has a value that can't be read.</summary>
    BadOption = 2,

    /// <summary>The data folder belongs to a later version of the program.</summary>
    DataTooNew = 3,

    /// <summary>The data folder holds the file of another program.</summary>
    DataNotOurs = 4,

    /// <summary>The data folder is in use by another relay.</summary>
    DataInUse = 5,

    /// <summary>The data folder can't be read or written.</summary>
    DataUnusable = 6,

    /// <summary>The box database is damaged.</summary>
    DataDamaged = 7,

    /// <summary>The certificate or its key can't be read.</summary>
    BadCertificate = 8,

    /// <summary>The file with the TURN server's secret can't be read, or holds too little.</summary>
    BadTurnSecret = 9,
}
