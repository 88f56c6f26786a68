using System.Runtime.InteropServices;

namespace Secrets.Store;

/// <summary>Makes new names in a folder durable, which .NET has no call for.</summary>
internal static class FolderDisk
{
    private const int ReadOnly = 0;

    /// <summary>Flushes the folder itself. Where folders can't be opened, renames are durable by themselves.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            throw new IOException("The folder can't be opened.");
        var result = Synchronize(descriptor);
        _ = Close(descriptor);
        if (result != 0)
            throw new IOException("The folder can't be made durable.");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
