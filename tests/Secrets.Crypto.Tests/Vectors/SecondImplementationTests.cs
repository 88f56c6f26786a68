using System.ComponentModel;
using System.Diagnostics;

namespace Secrets.Crypto.Tests.Vectors;

/// <summary>The vectors against an implementation that shares no line with ours (E-73).</summary>
public sealed class SecondImplementationTests
{
    [Fact]
    public async Task The_script_in_tools_agrees_with_the_vectors_E_73()
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(Published.Root, "tools", "check-primitives.py")]) { RedirectStandardOutput = true };
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
            Assert.Equal("84 agree, 0 differ, 6 left out", output.Trim());
        }
    }
}
