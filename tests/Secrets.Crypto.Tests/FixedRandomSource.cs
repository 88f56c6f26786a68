namespace Secrets.Crypto.Tests;

/// <summary>Gives out exactly the bytes it was made with.</summary>
internal sealed class FixedRandomSource(params byte[] bytes) : RandomSource
{
    private int _used;

    public override void Fill(Span<byte> destination)
    {
        bytes.AsSpan(_used, destination.Length).CopyTo(destination);
        _used += destination.Length;
    }
}
