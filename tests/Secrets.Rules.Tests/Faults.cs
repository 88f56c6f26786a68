using Xunit.Sdk;

namespace Secrets.Rules.Tests;

/// <summary>What a rule found, shown whole.</summary>
internal static class Faults
{
    /// <summary>Fails with one line for each fault.</summary>
    public static void None(string rule, IEnumerable<object> faults)
    {
        var lines = faults.Select(fault => fault.ToString()!).Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count > 0)
            throw new XunitException($"{rule}\n  {string.Join("\n  ", lines)}");
    }
}
