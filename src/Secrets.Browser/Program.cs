namespace Secrets.Browser;

/// <summary>The program does nothing by itself: the worker starts it, then calls <see cref="Bridge"/>.</summary>
internal static class Program
{
    private static void Main()
    {
    }
}
