using System.Text.RegularExpressions;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Server.Tests.Guide;

/// <summary>What the guide shows is what is compiled and run here.</summary>
public partial class GuideTests
{
    [Fact]
    public async Task Every_sample_of_the_guide_is_code_that_runs_here()
    {
        var root = NodePeer.Root();
        var folder = Path.Combine(root, "tests", "Secrets.Stack.Server.Tests", "Guide");
        var code = "";
        foreach (var file in new[] { "ChatPlugin.cs", "GuideSamples.cs" })
            code += Squeeze(await File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken));
        var guide = await File.ReadAllTextAsync(Path.Combine(root, "docs", "guide", "stack.md"), TestContext.Current.CancellationToken);
        var samples = Sample().Matches(guide).Select(match => match.Groups[1].Value).ToList();

        Assert.InRange(samples.Count, 4, 20);
        // a sample may leave out lines, where it says so
        Assert.All(samples, sample => Assert.All(sample.Split("// …"), part => Assert.Contains(Squeeze(part), code, StringComparison.Ordinal)));
    }

    private static string Squeeze(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
