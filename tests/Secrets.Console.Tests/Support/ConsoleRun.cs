namespace Secrets.Console.Tests.Support;

/// <summary>What one run of the program gave.</summary>
internal sealed class ConsoleRun(int code, string output, string error)
{
    public int Code { get; } = code;

    public string Output { get; } = output;

    public string Error { get; } = error;

    public IReadOnlyList<string> Lines => LinesOf(Output);

    public IReadOnlyList<string> ErrorLines => LinesOf(Error);

    private static string[] LinesOf(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
