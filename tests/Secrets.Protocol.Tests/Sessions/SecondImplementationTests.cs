using System.ComponentModel;
using System.Diagnostics;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>The vectors against an implementation that was written from the document and shares no line with ours (E-73).</summary>
public sealed class SecondImplementationTests
{
    [Fact]
    public async Task The_script_in_tools_agrees_with_the_vectors_E_73()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Secrets.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException();
        var start = new ProcessStartInfo("python3", [Path.Combine(folder, "tools", "check-sessions.py")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("python3 is not there");
            return;
        }
        using (process)
        {
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal("62 agree, 0 differ", output.Trim());
        }
    }
}
