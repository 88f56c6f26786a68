using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Secrets.Web.Tests.Support;

/// <summary>A later build of the app: the same files, but for one word in the page, listed as the build's last step lists them.</summary>
internal static class OtherBuild
{
    public const string Mark = "<meta name=\"generation\" content=\"2\" />";

    public static async Task MakeAsync(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        using var list = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(from, "build.json")));
        var kept = list.RootElement.GetProperty("kept").GetString()!;
        var names = list.RootElement.GetProperty("files").EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal).ToList();
        await ChangeAsync(to, "index.html", "</head>", Mark + "</head>");
        var others = new StringBuilder();
        foreach (var name in names.Where(name => name != "sw.js"))
            _ = others.Append($"{await HashAsync(to, name)}  {name}\n");
        var keptNow = Hex(Encoding.UTF8.GetBytes(others.ToString()));
        await ChangeAsync(to, "sw.js", kept, keptNow);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
            files[name] = await HashAsync(to, name);
        var hash = Hex(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Value}  {file.Key}\n"))));
        await File.WriteAllTextAsync(Path.Combine(to, "build.json"), JsonSerializer.Serialize(new { version = "0.1.1", hash, kept = keptNow, files }));
        DropCompressed(to, "build.json");
    }

    private static async Task ChangeAsync(string folder, string name, string before, string after)
    {
        var path = Path.Combine(folder, name);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(before, after, StringComparison.Ordinal));
        DropCompressed(folder, name);
    }

    private static void DropCompressed(string folder, string name)
    {
        File.Delete(Path.Combine(folder, name + ".br"));
        File.Delete(Path.Combine(folder, name + ".gz"));
    }

    private static async Task<string> HashAsync(string folder, string name) => Hex(await File.ReadAllBytesAsync(Path.Combine(folder, name)));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
