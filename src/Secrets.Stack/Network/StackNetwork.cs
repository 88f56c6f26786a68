namespace Secrets.Stack;

/// <summary>The networks that come with the stack.</summary>
public static class StackNetwork
{
    /// <summary>TCP (not in the browser) and WebSocket of the system.</summary>
    public static IStackNetwork System => throw new NotSupportedException();
}
