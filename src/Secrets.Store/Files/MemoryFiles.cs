namespace Secrets.Store;

/// <summary>The files of a <see cref="MemoryBackend"/>, which outlive it, so that a store in memory can be opened again.</summary>
public sealed class MemoryFiles
{
    internal Dictionary<string, MemoryStream> Content { get; } = new(StringComparer.Ordinal);

    internal bool IsLocked { get; set; }
}
