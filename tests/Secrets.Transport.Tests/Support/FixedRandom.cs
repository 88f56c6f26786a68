using Secrets.Crypto;

namespace Secrets.Transport.Tests.Support;

/// <summary>Randomness that a vector gives, taken from the front.</summary>
internal sealed class FixedRandom(byte[] bytes) : RandomSource
{
    private int _taken;

    public override void Fill(Span<byte> destination)
    {
        bytes.AsSpan(_taken, destination.Length).CopyTo(destination);
        _taken += destination.Length;
    }
}
