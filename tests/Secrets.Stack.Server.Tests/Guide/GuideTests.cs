using System.Text.RegularExpressions;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Server.Tests.Guide;

/// <summary>What the guide shows is what is compiled and run here.</summary>
public partial class GuideTests
{
    [Fact]
    public async Task Every_sample_of_the_guide_and_the_packages_is_code_that_runs_here()
    {
        var root = NodePeer.Root();
        var folder = Path.Combine(root, "tests", "Secrets.Stack.Server.Tests", "Guide");
        var code = "";
        foreach (var file in new[] { "ChatPlugin.cs", "GuideSamples.cs", "ReadmeSamples.cs" })
            code += Squeeze(await File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken));
        var samples = new List<string>();
        foreach (var (text, count) in new[] { ("docs/guide/stack.md", 10), ("src/Secrets.Crypto/README.md", 1), ("src/Secrets.Transport/README.md", 1), ("src/Secrets.Stack/README.md", 1), ("src/Secrets.Stack.Server/README.md", 1) })
        {
            var found = Sample().Matches(await File.ReadAllTextAsync(Path.Combine(root, text), TestContext.Current.CancellationToken));
            Assert.Equal((text, count), (text, found.Count));
            samples.AddRange(found.Select(match => match.Groups[1].Value));
        }

        // a sample may leave out lines, where it says so
        Assert.All(samples, sample => Assert.All(sample.Split("// …"), part => Assert.Contains(Squeeze(part), code, StringComparison.Ordinal)));
    }

    private static string Squeeze(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
