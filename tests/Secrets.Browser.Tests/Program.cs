using System.Reflection;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Secrets.Browser.Crypto;
using Secrets.Crypto;

namespace Secrets.Browser.Tests;

/// <summary>What the page's worker calls: files first, then the tests.</summary>
[SupportedOSPlatform("browser")]
internal static partial class Program
{
    private static readonly string[] Tested = ["Crypto", "Transport", "Protocol", "Stack", "Store", "Client"];

    private static void Main() => CryptoBackend.Use(new BrowserBackend());

    /// <summary>Writes a file of the tree, where the tests look for it: the tree's root is the root.</summary>
    [JSExport]
    internal static void AddFile(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    /// <summary>Runs the tests whose full name begins with the filter, those of many cases with one in so many of them; true if none failed.</summary>
    [JSExport]
    internal static Task<bool> RunAsync(string filter, string share)
    {
        Environment.SetEnvironmentVariable("SECRETS_TEST_SHARE", share);
        var assemblies = Tested.Select(name => Assembly.Load($"Secrets.{name}.Tests")).Append(typeof(Program).Assembly);
        return new TestRunner(Report).RunAsync(assemblies, filter);
    }

    [JSImport("report", "tests")]
    private static partial void Report(string line);
}
