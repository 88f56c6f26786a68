namespace Secrets.Rules.Tests;

/// <summary>The project's files, as they lie in the source tree that this test was built from.</summary>
internal static class Tree
{
    private static readonly string[] GeneratedFolders = ["bin", "obj", "node_modules", "artifacts", "release", "dist", ".git"];

    /// <summary>The folder with README.md.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The files below a folder with an extension, as paths from the root with '/'; generated folders are left out.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        var start = Path.Combine(Root, folder);
        if (!Directory.Exists(start))
            return [];
        return Walk(start)
            .Where(path => extensions.Length == 0 || extensions.Contains(Path.GetExtension(path), StringComparer.Ordinal))
            .Select(Relative)
            .Order(StringComparer.Ordinal);
    }

    /// <summary>All C# sources of a folder.</summary>
    public static IEnumerable<string> Sources(string folder = "src") => Files(folder, ".cs");

    /// <summary>The text of a file named from the root.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The lines of a file named from the root.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>True for a file or folder named from the root.</summary>
    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            yield return file;
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            // the core, as the web app's build takes it in
            if (GeneratedFolders.Contains(Path.GetFileName(child), StringComparer.Ordinal) || Path.GetFileName(child).StartsWith("core-", StringComparison.Ordinal))
                continue;
            foreach (var file in Walk(child))
                yield return file;
        }
    }

    private static string FindRoot()
    {
        // the compiler's path is mapped, so the search starts at the program
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Secrets.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside of the source tree.");
    }
}
