namespace Secrets.Stack;

/// <summary>The labels of the stack; each has one use.</summary>
internal static class Labels
{
    /// <summary>The value that binds a proof to one connection.</summary>
    public static ReadOnlySpan<byte> Binding => "secrets/1/stack/binding"u8;
}
