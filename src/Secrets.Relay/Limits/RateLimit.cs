namespace Secrets.Relay;

/// <summary>A token bucket: what it gains in a second, and what it holds.</summary>
/// <param name="PerSecond">Cells a second.</param>
/// <param name="Burst">Cells at once, after a pause.</param>
public readonly record struct RateLimit(int PerSecond, int Burst);
