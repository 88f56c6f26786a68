using System.Diagnostics;
using System.Globalization;

namespace Secrets.Console.Rooms;

/// <summary>Which programs of this person are in a room: an empty-handed file for each, with the label, in a folder that goes with the session.</summary>
/// <remarks>Holds no code, no key, no address. A program whose file is gone leaves its room.</remarks>
internal sealed class RoomRegister : IDisposable
{
    private const UnixFileMode OnlyOwn = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string? _file;

    private RoomRegister(string? file) => _file = file;

    /// <summary>False once another program asked this one to leave.</summary>
    public bool MayStay => _file is null || File.Exists(_file);

    /// <summary>Says that this program is in a room; where there is no folder for that, it says nothing.</summary>
    public static RoomRegister Add(string label)
    {
        try
        {
            if (Folder() is not { } folder)
                return new RoomRegister(null);
            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OnlyOwn);
            var file = Path.Combine(folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            File.WriteAllText(file, label);
            return new RoomRegister(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new RoomRegister(null);
        }
    }

    /// <summary>The number and label of each that still runs.</summary>
    public static IEnumerable<(int Number, string Label)> List()
    {
        if (Folder() is not { } folder || !Directory.Exists(folder))
            yield break;
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList())
        {
            if (!int.TryParse(Path.GetFileName(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                continue;
            if (!Runs(number))
                File.Delete(file);
            else
                yield return (number, File.ReadAllText(file));
        }
    }

    /// <summary>Asks one program, or all, to leave; how many there were.</summary>
    public static int End(int? wanted)
    {
        var found = List().Where(room => wanted is null || room.Number == wanted).ToList();
        foreach (var (number, _) in found)
            File.Delete(Path.Combine(Folder()!, number.ToString(CultureInfo.InvariantCulture)));
        return found.Count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_file is not null)
            File.Delete(_file);
    }

    private static string? Folder() => Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder ? Path.Combine(folder, "secrets-rooms") : null;

    private static bool Runs(int number)
    {
        try
        {
            using var process = Process.GetProcessById(number);
            return !process.HasExited;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
