using Secrets.Crypto;

namespace Secrets.Scenarios.Tests;

/// <summary>Randomness from a seed that several threads may ask.</summary>
internal sealed class WorldRandom(ulong seed) : RandomSource
{
    private readonly Lock _gate = new();
    private readonly SeededRandomForTestsOnly _random = new(seed);

    public override void Fill(Span<byte> destination)
    {
        lock (_gate)
            _random.Fill(destination);
    }

    /// <summary>True in one of so many cases.</summary>
    public bool OneIn(uint count) => Next(count) == 0;

    public T Pick<T>(IReadOnlyList<T> from) => from[(int)Next((uint)from.Count)];
}
