#pragma warning disable CA1050 // the runtime looks for exactly this name
/// <summary>What the runtime calls before a program that is started with <c>DOTNET_STARTUP_HOOKS</c>: hashing of passwords becomes cheap there.</summary>
internal static class StartupHook
{
    // that this assembly is loaded is all: see CheapPasswords
    public static void Initialize()
    {
    }
}
