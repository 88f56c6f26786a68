namespace Secrets.Store.Tests;

/// <summary>Where the project's files lie.</summary>
internal static class Tree
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Secrets.slnx")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests run inside the project's tree.");
    }
}
