namespace Secrets.Stack.Server;

/// <summary>Adds to a stack what needs a server.</summary>
public static class SecretStackExtensions
{
    /// <summary>Lets nodes listen at <c>ws://</c> addresses.</summary>
    public static SecretStack UseKestrel(this SecretStack stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack.Use(new KestrelServer());
    }
}
