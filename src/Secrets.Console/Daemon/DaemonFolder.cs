using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Secrets.Client.Api;
using Secrets.Console.Cli;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Console.Daemon;

/// <summary>Where a daemon keeps its own keys and those of its person's programs, and its socket: a folder within the identity's.</summary>
/// <remarks>
/// For the owner alone. The keys open nothing by themselves: they only lead to a daemon that runs. Each name here has a dot, which no file of a
/// store has: a store removes files of other names. Spec: docs/protocol/api.md §4.1.
/// </remarks>
internal sealed class DaemonFolder : IDisposable
{
    /// <summary>The folder's name within the identity's.</summary>
    public const string Name = "daemon";

    private const string KeyName = "daemon.key";
    private const string ConnectName = "connect.json";
    private const string SocketName = "api.sock";
    private const string PartSuffix = ".part";
    private const int SeedSize = 32;
    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;

    private DaemonFolder(string path, StackKeys own, StackKeys client, string socket)
    {
        _path = path;
        Own = own;
        Client = client;
        Socket = socket;
    }

    /// <summary>The daemon's keys.</summary>
    public StackKeys Own { get; }

    /// <summary>The keys that programs of the same person find in the file.</summary>
    public StackKeys Client { get; }

    /// <summary>The path of the socket.</summary>
    public string Socket { get; }

    /// <summary>The file that tells a program how to get in.</summary>
    public string ConnectFile => Path.Combine(_path, ConnectName);

    /// <summary>Opens the folder of this identity; the first time it is made, with new keys.</summary>
    public static DaemonFolder Open(string store)
    {
        var path = Path.Combine(store, Name);
        MakePrivate(path);
        var socket = FindSocket(path);
        var own = ReadSeed(Path.Combine(path, KeyName), static text => text.Trim()) ?? Make(Path.Combine(path, KeyName));
        try
        {
            // written when the address is known
            var client = ReadSeed(Path.Combine(path, ConnectName), ReadConnectSeed) ?? StackKeys.Generate(RandomSource.System);
            return new DaemonFolder(path, own, client, socket);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Removes what a daemon left in the folder of an identity that is deleted, and nothing else.</summary>
    public static void Delete(string store)
    {
        var path = Path.Combine(store, Name);
        if (!Directory.Exists(path))
            return;
        foreach (var name in new[] { KeyName, KeyName + PartSuffix, ConnectName, ConnectName + PartSuffix, SocketName })
            File.Delete(Path.Combine(path, name));
    }

    /// <summary>Writes the file that tells a program how to get in.</summary>
    public void WriteConnect(string address)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("address", address);
            writer.WriteString("app_key", Convert.ToHexStringLower(ApiNetwork.AppKey.Bytes));
            Export(Client, seed => writer.WriteString("seed", seed));
            writer.WriteEndObject();
        }
        WriteText(ConnectFile, Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    public void Dispose()
    {
        Own.Dispose();
        Client.Dispose();
    }

    /// <summary>In the folder; where its path is too long for a socket, or has signs that addresses use, in the place for sockets of this session.</summary>
    private static string FindSocket(string path)
    {
        var socket = Path.Combine(path, SocketName);
        if (CanBeSocket(socket))
            return socket;
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime)
        {
            var folder = Path.Combine(runtime, "secrets");
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 8));
            socket = Path.Combine(folder, name + ".sock");
            if (CanBeSocket(socket))
            {
                MakePrivate(folder);
                return socket;
            }
        }
        throw new RefusedException("The path of this identity can't have a socket in it: it is longer than about 80 characters or has unusual ones. Set XDG_RUNTIME_DIR, or move the identity.");
    }

    private static bool CanBeSocket(string path)
    {
        try
        {
            _ = StackEndpoint.Unix(path);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = Directory.CreateDirectory(folder);
            return;
        }
        if (!Directory.Exists(folder))
            _ = Directory.CreateDirectory(folder, OwnFolder);
        // fails for a folder that is somebody else's
        if ((File.GetUnixFileMode(folder) & ~OwnFolder) != 0)
            File.SetUnixFileMode(folder, OwnFolder);
    }

    private static StackKeys Make(string path)
    {
        var keys = StackKeys.Generate(RandomSource.System);
        try
        {
            Export(keys, seed => WriteText(path, seed + "\n"));
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    private static void Export(StackKeys keys, Action<string> take)
    {
        Span<byte> seed = stackalloc byte[SeedSize];
        keys.ExportForVault(seed);
        take(Convert.ToHexStringLower(seed));
        CryptographicOperations.ZeroMemory(seed);
    }

    /// <summary>Keys from a file; null without one.</summary>
    private static StackKeys? ReadSeed(string path, Func<string, string?> find)
    {
        if (!File.Exists(path))
            return null;
        Span<byte> seed = stackalloc byte[SeedSize];
        try
        {
            if (find(File.ReadAllText(path)) is { Length: 2 * SeedSize } text && Convert.FromHexString(text, seed, out _, out _) == System.Buffers.OperationStatus.Done)
                return StackKeys.FromSeed(seed);
        }
        catch (JsonException)
        {
            // as if there were no seed in it
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
        throw new RefusedException($"A key of the daemon can't be read. Delete {path}: a new one is made, and programs get it from {ConnectName}.");
    }

    private static string? ReadConnectSeed(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("seed", out var seed) && seed.ValueKind == JsonValueKind.String ? seed.GetString() : null;
    }

    private static void WriteText(string path, string text)
    {
        var part = path + PartSuffix;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnFile;
        using (var file = new FileStream(part, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
    }
}
