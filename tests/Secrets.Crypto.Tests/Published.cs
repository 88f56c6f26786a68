using System.Text.Json;

namespace Secrets.Crypto.Tests;

/// <summary>Published test values beside the project's folder; tests that need them are skipped where they are missing.</summary>
internal static class Published
{
    public static string Root { get; } = FindRoot();

    public static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllBytes(Locate(path))).RootElement;

    public static string Locate(string path)
    {
        var full = Path.Combine(Root, "..", "shared", "vectors", path);
        if (!File.Exists(full))
            Assert.Skip("The published values are not on this machine.");
        return full;
    }

    public static IEnumerable<JsonElement> WycheproofCases(string file) =>
        Groups(Read($"wycheproof/{file}_test.json")).SelectMany(group => group.GetProperty("tests").EnumerateArray());

    public static IEnumerable<JsonElement> Groups(JsonElement file) => file.GetProperty("testGroups").EnumerateArray();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static byte[] Hex(this JsonElement element, string name) => Convert.FromHexString(element.Text(name));

    public static string Case(this JsonElement element) => "case " + element.GetProperty("tcId").ToString();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Secrets.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The project's root is not above the tests.");
        return folder.FullName;
    }
}
