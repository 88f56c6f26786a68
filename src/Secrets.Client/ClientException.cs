namespace Secrets.Client;

/// <summary>A command was refused; nothing was changed.</summary>
public sealed class ClientException : Exception
{
    /// <summary>A refusal with its reason.</summary>
    public ClientException(ClientError code) : base(code.ToString()) => Code = code;

    /// <summary>The reason.</summary>
    public ClientError Code { get; }
}
