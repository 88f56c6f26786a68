using System.Text;

namespace Secrets.Console.Cli;

/// <summary>The person's side: prompts, standard streams, whether there is a terminal, colour.</summary>
internal sealed class Terminal
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private TextReader? _input;

    public TextWriter Out { get; } = new StreamWriter(System.Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };

    public TextWriter Error { get; } = new StreamWriter(System.Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };

    public bool IsInteractive { get; } = !System.Console.IsInputRedirected;

    public bool HasColour { get; } = !System.Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private TextReader Input => _input ??= new StreamReader(System.Console.OpenStandardInput(), Utf8);

    /// <summary>Reads a line that is not shown while it is typed; from standard input where there is no terminal.</summary>
    public byte[] ReadPassword(string prompt)
    {
        if (!IsInteractive)
            return Utf8.GetBytes(Input.ReadLine() ?? throw new RefusedException("The password is expected on the first line of standard input.", ExitCode.Usage));
        // before the prompt: whoever types as soon as it stands must not be seen
        using var hidden = OperatingSystem.IsLinux() ? HiddenTyping.Start() : null;
        Error.Write(prompt);
        var typed = OperatingSystem.IsLinux() && hidden is not null ? HiddenTyping.ReadLine() : ReadKeys();
        Error.WriteLine();
        return typed;
    }

    /// <summary>Reads one line.</summary>
    public string ReadLine(string prompt)
    {
        if (IsInteractive)
            Error.Write(prompt);
        return ReadUtf8(() => Input.ReadLine()) ?? "";
    }

    /// <summary>Reads the next line, without a prompt; null at the end.</summary>
    public string? ReadNext() => ReadUtf8(() => Input.ReadLine());

    /// <summary>Reads everything that is left of standard input, without the last line break.</summary>
    public string ReadRest(string prompt)
    {
        if (IsInteractive)
            Error.WriteLine(prompt);
        var text = ReadUtf8(() => Input.ReadToEnd()) ?? "";
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>Asks a question that is answered with yes or no; without a terminal the answer is no.</summary>
    public bool Ask(string question)
    {
        if (!IsInteractive)
            return false;
        Error.Write(question + " [y/N] ");
        return Input.ReadLine() is { } answer && answer.Trim().StartsWith("y", StringComparison.OrdinalIgnoreCase);
    }

    public string Dim(string text) => HasColour ? $"\e[2m{text}\e[0m" : text;

    public string Bold(string text) => HasColour ? $"\e[1m{text}\e[0m" : text;

    /// <summary>Black on white, whatever the terminal's own colours are.</summary>
    public static string OnPaper(string text) => $"\e[38;5;16;48;5;231m{text}\e[0m";

    private static byte[] ReadKeys()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = System.Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                return Utf8.GetBytes(typed.ToString());
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                _ = typed.Append(key.KeyChar);
        }
    }

    private static string? ReadUtf8(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException("The text is not valid UTF-8.");
        }
    }
}
