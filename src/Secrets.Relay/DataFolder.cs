using Secrets.Crypto;

namespace Secrets.Relay;

/// <summary>The folder of one relay, held by one process: the identity key and the box database.</summary>
internal sealed partial class DataFolder : IDisposable
{
    /// <summary>The file of the identity key: 32 bytes, readable by the owner alone.</summary>
    public const string KeyFileName = "relay.key";

    private const string LockFileName = "lock";
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Makes the folder where it isn't, and takes it for this process.</summary>
    /// <exception cref="RelayException">It is in use, or can't be read or written.</exception>
    public static DataFolder Open(string path)
    {
        try
        {
            path = System.IO.Path.GetFullPath(path);
            CreateFolder(path);
            var held = new FileStream(System.IO.Path.Combine(path, LockFileName), Options(System.IO.FileMode.OpenOrCreate));
            return new DataFolder(path, held);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && Directory.Exists(path))
        {
            throw new RelayException(RelayErrorCode.DataInUse);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RelayException(RelayErrorCode.DataUnusable);
        }
    }

    /// <summary>The key the relay was born with; at the first start it is made. The caller disposes it.</summary>
    /// <exception cref="RelayException">The file can't be read or written, or is no key.</exception>
    public Ed25519PrivateKey LoadKey(RandomSource random)
    {
        var file = System.IO.Path.Combine(Path, KeyFileName);
        try
        {
            return File.Exists(file) ? ReadKey(file) : CreateKey(random);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RelayException(RelayErrorCode.DataUnusable);
        }
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose() => _lock.Dispose();

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            _ = Directory.CreateDirectory(path);
        else
            _ = Directory.CreateDirectory(path, FolderMode);
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && mode is not System.IO.FileMode.Open)
            options.UnixCreateMode = FileMode;
        return options;
    }

    private static Ed25519PrivateKey ReadKey(string file)
    {
        using var seed = new SecretBuffer(Ed25519PrivateKey.SeedSize);
        using var stream = File.OpenRead(file);
        if (stream.Length != seed.Length)
            throw new RelayException(RelayErrorCode.DataDamaged, "the relay's key file is damaged: restore it from a backup");
        stream.ReadExactly(seed.Bytes);
        return Ed25519PrivateKey.FromSeed(seed.Bytes);
    }

    private Ed25519PrivateKey CreateKey(RandomSource random)
    {
        var key = Ed25519PrivateKey.Generate(random);
        using var seed = new SecretBuffer(Ed25519PrivateKey.SeedSize);
        key.ExportForVault(seed.Bytes);
        WriteFile(KeyFileName, seed.Bytes);
        return key;
    }
}
