namespace Secrets.Client.Hosting;

/// <summary>An export that lies beside this as bytes.</summary>
public sealed class ExportView
{
    /// <summary>A name for the file.</summary>
    public required string Name { get; init; }
}
