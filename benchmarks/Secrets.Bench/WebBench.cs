using System.Diagnostics;

namespace Secrets.Bench;

/// <summary>The web app, served by a relay of its own, in Chromium: the measuring itself is benchmarks/web/measure.mjs.</summary>
internal static class WebBench
{
    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        var root = FindRoot();
        var folder = Directory.CreateTempSubdirectory("secrets-bench-web-").FullName;
        try
        {
            using var relay = RelayProcess.Start(web: Path.Combine(root, "artifacts", "web"));
            var (few, many) = (Path.Combine(folder, "few.s2"), Path.Combine(folder, "many.s2"));
            await WebIdentity.WriteAsync(few, relay.WebAddress.ToString(), WebIdentity.Few);
            await WebIdentity.WriteAsync(many, relay.WebAddress.ToString(), WebIdentity.Many);
            var script = Path.Combine(root, "benchmarks", "web", "measure.mjs");
            using var node = Process.Start(new ProcessStartInfo("node", [script, relay.PageAddress.AbsoluteUri, few, many, WebIdentity.Password]))!;
            await node.WaitForExitAsync();
            if (node.ExitCode != 0)
                throw new InvalidOperationException("The web app could not be measured.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Secrets.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("This program runs inside of the source tree.");
        return folder;
    }
}
