using System.Text;
using System.Text.Json;

namespace Secrets.Fuzz;

/// <summary>Seeds: every value in the vectors, in hexadecimal or as text.</summary>
internal static class Corpus
{
    /// <summary>No box is longer; a seed above it teaches nothing.</summary>
    private const int LongestSeed = 70_000;

    private static readonly Dictionary<string, byte[][]> Layers = Load();

    /// <summary>The seeds of a layer, or all of them where it has none.</summary>
    public static byte[][] Of(string layer) => Layers.TryGetValue(layer, out var seeds) ? seeds : [.. Layers.Values.SelectMany(all => all)];

    /// <summary>How many there are.</summary>
    public static int Count => Layers.Values.Sum(seeds => seeds.Length);

    private static Dictionary<string, byte[][]> Load()
    {
        var root = Path.Combine(Root(), "vectors");
        var layers = new Dictionary<string, byte[][]>(StringComparer.Ordinal);
        if (!Directory.Exists(root))
            return layers;
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            var seeds = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(file));
                Collect(document.RootElement, seeds);
            }
            if (seeds.Count > 0)
                layers[Path.GetFileName(folder)] = [.. seeds.Values];
        }
        return layers;
    }

    private static void Collect(JsonElement element, Dictionary<string, byte[]> seeds)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Collect(property.Value, seeds);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Collect(item, seeds);
                break;
            case JsonValueKind.String:
                var text = element.GetString()!;
                if (text.Length is > 0 and <= 2 * LongestSeed)
                    seeds.TryAdd(text, Bytes(text));
                break;
            default:
                break;
        }
    }

    private static byte[] Bytes(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : Encoding.UTF8.GetBytes(text);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Secrets.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside of the source tree.");
    }
}
