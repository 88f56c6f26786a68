using System.Globalization;

/// <summary>How many cases a test of many takes: all of them, or one in SECRETS_TEST_SHARE where the machine is slow, as a browser is.</summary>
internal static class Cases
{
    /// <summary>One of how many is taken.</summary>
    public static int Share { get; } = int.Parse(Environment.GetEnvironmentVariable("SECRETS_TEST_SHARE") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>The number of cases, at least one.</summary>
    public static int Of(int count) => Math.Max(1, count / Share);
}
