namespace Secrets.Stack;

/// <summary>What a body is.</summary>
public enum RpcKind
{
    /// <summary>A JSON value.</summary>
    Json = 0,

    /// <summary>UTF-8 text.</summary>
    Text = 1,

    /// <summary>Bytes.</summary>
    Binary = 2,
}
