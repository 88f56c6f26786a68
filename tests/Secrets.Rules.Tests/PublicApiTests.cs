using System.Reflection;

namespace Secrets.Rules.Tests;

/// <summary>The public surface of the libraries that others build on changes only on purpose.</summary>
public sealed class PublicApiTests
{
    /// <summary>Set to 1, the snapshots are written instead of compared.</summary>
    private const string Switch = "SECRETS_WRITE_API";

    [Theory]
    [InlineData("Secrets.Crypto")]
    [InlineData("Secrets.Transport")]
    [InlineData("Secrets.Stack")]
    [InlineData("Secrets.Stack.Server")]
    public void The_public_surface_is_the_one_that_was_agreed(string name)
    {
        var path = Path.Combine(Tree.Root, "tests/Secrets.Rules.Tests/PublicApi", name + ".txt");
        var now = PublicApi.Describe(Assembly.Load(name));
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
        }

        Assert.True(File.ReadAllText(path) == now, $"The public surface of {name} has changed. If that is meant: {Switch}=1, run this test, look at the difference, commit it. Now:\n{Difference(File.ReadAllLines(path), now.Split('\n'))}");
    }

    private static string Difference(string[] before, string[] now) =>
        string.Join('\n', before.Except(now, StringComparer.Ordinal).Select(line => "- " + line).Concat(now.Except(before, StringComparer.Ordinal).Select(line => "+ " + line)));
}
