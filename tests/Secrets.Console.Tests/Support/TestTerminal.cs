using System.Diagnostics;
using System.Text;

namespace Secrets.Console.Tests.Support;

/// <summary>The program at a terminal of 80 columns and 24 rows, made by script(1).</summary>
internal sealed class TestTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _seen = new();
    private int _looked;

    public TestTerminal(ConsoleWorld world, string line)
    {
        var start = new ProcessStartInfo("/usr/bin/script");
        start.ArgumentList.Add("-qec");
        start.ArgumentList.Add($"stty cols 80 rows 24; exec dotnet '{ConsoleWorld.Program}' {line}");
        start.ArgumentList.Add("/dev/null");
        world.Prepare(start);
        world.PrepareProgram(start);
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["SHELL"] = "/bin/sh";
        _process = Process.Start(start)!;
    }

    public string Seen => _seen.ToString();

    /// <summary>Waits until a text is shown that was not waited for before.</summary>
    public async Task UntilAsync(string text)
    {
        while (true)
        {
            var at = Seen.IndexOf(text, _looked, StringComparison.Ordinal);
            if (at >= 0)
            {
                _looked = at + text.Length;
                return;
            }
            Assert.True(await ReadAsync(), $"the program ended before it said: {text}\n{Seen}");
        }
    }

    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    public async Task<int> EndAsync()
    {
        while (await ReadAsync())
        {
            // everything that is still shown
        }
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> ReadAsync()
    {
        var buffer = new char[4096];
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var count = await _process.StandardOutput.ReadAsync(buffer, patience.Token);
            _ = _seen.Append(buffer, 0, count);
            return count > 0;
        }
        catch (OperationCanceledException)
        {
            Assert.Fail("the terminal stands still at:\n" + Seen);
            return false;
        }
    }
}
