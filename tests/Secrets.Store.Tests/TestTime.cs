namespace Secrets.Store.Tests;

/// <summary>A clock that only moves when told.</summary>
internal sealed class TestTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
