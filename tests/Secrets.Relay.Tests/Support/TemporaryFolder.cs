using Secrets.Crypto;

namespace Secrets.Relay.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Span<byte> name = stackalloc byte[8];
        RandomSource.System.Fill(name);
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "secrets-relay-" + Convert.ToHexStringLower(name));
        _ = Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
