namespace Secrets.Scenarios.Tests;

/// <summary>Content of a file. An append goes behind what others see of the same bytes; anything else is a copy.</summary>
internal readonly struct DiskFile(byte[] bytes, int length)
{
    public int Length => length;

    public ReadOnlyMemory<byte> Content => bytes.AsMemory(0, length);

    public bool IsSameAs(DiskFile other) => bytes is not null && other.Holds(bytes) && other.Length == length;

    public DiskFile Cut(int to) => new(bytes, Math.Min(length, to));

    public DiskFile Copy() => new(Content.ToArray(), length);

    /// <summary>The content after a write; the durable content stays as it is.</summary>
    public DiskFile Write(int offset, ReadOnlySpan<byte> source, DiskFile durable)
    {
        var end = Math.Max(length, offset + source.Length);
        var content = bytes;
        if (end > content.Length || (durable.Holds(content) && offset < durable.Length))
        {
            content = new byte[Math.Max(end, end > content.Length ? 2 * content.Length : content.Length)];
            Content.CopyTo(content);
        }
        if (offset > length)
            content.AsSpan(length, offset - length).Clear();
        source.CopyTo(content.AsSpan(offset));
        return new DiskFile(content, end);
    }

    private bool Holds(byte[] content) => ReferenceEquals(bytes, content);
}
