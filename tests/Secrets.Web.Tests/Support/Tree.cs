namespace Secrets.Web.Tests.Support;

/// <summary>Where things lie in the tree.</summary>
internal static class Tree
{
    public static string Root { get; } = FindRoot();

    /// <summary>The built app.</summary>
    public static string Web => Path.Combine(Root, "artifacts", "web");

    /// <summary>Pictures of every screen.</summary>
    public static string Screens => Folder("artifacts", "web-screens");

    /// <summary>What was on the screens when a test failed.</summary>
    public static string Failures => Folder("artifacts", "web-failures");

    /// <summary>Fails where the app was not built: a test that is skipped would look like one that passed.</summary>
    public static void MustHaveWeb()
    {
        if (!File.Exists(Path.Combine(Web, "build.json")))
            throw new InvalidOperationException("The web app is not built. Run: tools/web artifacts/web");
        if (!File.Exists(Axe))
            throw new InvalidOperationException("The web app's packages are not installed. Run: tools/web artifacts/web");
    }

    /// <summary>The program that finds faults in accessibility.</summary>
    public static string Axe => Path.Combine(Root, "web", "node_modules", "axe-core", "axe.min.js");

    private static string Folder(params string[] names)
    {
        var path = Path.Combine([Root, .. names]);
        _ = Directory.CreateDirectory(path);
        return path;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Secrets.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the tree.");
        return folder.FullName;
    }
}
