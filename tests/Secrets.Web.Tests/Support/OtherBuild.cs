using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Secrets.Web.Tests.Support;

/// <summary>Other builds of the app: the same files, but for a word in one of them, listed as the build's last step lists them.</summary>
internal static partial class OtherBuild
{
    public const string Mark = "<meta name=\"generation\" content=\"2\" />";

    /// <summary>A later build, whose page has a mark.</summary>
    public static Task MakeLaterAsync(string from, string to) => MakeAsync(from, to, "0.1.1", "index.html", text => text.Replace("</head>", Mark + "</head>", StringComparison.Ordinal));

    /// <summary>A build that hashes passwords at the least cost there is, whatever cost a file names, so that tests need not wait.</summary>
    /// <remarks>The console does the same in tests: what the one exports the other imports.</remarks>
    public static Task MakeCheapAsync(string from, string to)
    {
        var script = Directory.EnumerateFiles(Path.Combine(from, "assets"), "argon-*.js").Single();
        return MakeAsync(from, to, "0.1.0", Path.GetRelativePath(from, script), text => PassesAndMemory().Replace(text, "1,0,8192,", 1));
    }

    // of crypto_pwhash: both are numbers of 64 bits, of which the lower half comes first
    [GeneratedRegex(@"\b(\w+)\.passes,0,\1\.memory,")]
    private static partial Regex PassesAndMemory();

    private static async Task MakeAsync(string from, string to, string version, string changed, Func<string, string> change)
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
        await ChangeAsync(to, changed, change);
        var others = new StringBuilder();
        foreach (var name in names.Where(name => name != "sw.js"))
            _ = others.Append($"{await HashAsync(to, name)}  {name}\n");
        var keptNow = Hex(Encoding.UTF8.GetBytes(others.ToString()));
        await ChangeAsync(to, "sw.js", text => text.Replace(kept, keptNow, StringComparison.Ordinal));
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
            files[name] = await HashAsync(to, name);
        var hash = Hex(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Value}  {file.Key}\n"))));
        await File.WriteAllTextAsync(Path.Combine(to, "build.json"), JsonSerializer.Serialize(new { version, hash, kept = keptNow, files }));
        DropCompressed(to, "build.json");
    }

    private static async Task ChangeAsync(string folder, string name, Func<string, string> change)
    {
        var path = Path.Combine(folder, name);
        var text = await File.ReadAllTextAsync(path);
        var changed = change(text);
        Assert.NotEqual(text, changed);
        await File.WriteAllTextAsync(path, changed);
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
