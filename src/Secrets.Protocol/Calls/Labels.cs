namespace Secrets.Protocol.Calls;

/// <summary>The labels of this layer; each has one use.</summary>
internal static class Labels
{
    /// <summary>What the asker of a leg commits to before it knows anything of the answerer.</summary>
    public static ReadOnlySpan<byte> Commitment => "secrets/1/call-commit"u8;

    /// <summary>The words that two people compare.</summary>
    public static ReadOnlySpan<byte> Words => "secrets/1/call"u8;
}
