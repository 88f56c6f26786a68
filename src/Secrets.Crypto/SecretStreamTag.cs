namespace Secrets.Crypto;

/// <summary>What a message of a stream is, sealed with it.</summary>
/// <remarks>libsodium's crypto_secretstream tags; the numbers are its.</remarks>
public enum SecretStreamTag
{
    /// <summary>One of several.</summary>
    None = 0,

    /// <summary>The last of a group that belongs together.</summary>
    Push = 1,

    /// <summary>After this one both sides go on with a new key; the old one can't be had from it.</summary>
    Rekey = 2,

    /// <summary>The last of the stream.</summary>
    Final = 3,
}
