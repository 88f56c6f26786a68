namespace Secrets.Console.Cli;

/// <summary>A command ends here with one line for the person and a code for the shell.</summary>
internal sealed class RefusedException(string sentence, int exitCode = ExitCode.Refused) : Exception(sentence)
{
    public int Code { get; } = exitCode;
}
