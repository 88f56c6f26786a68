using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>The delay of everything that a device answers by itself: 5 to 15 minutes, uniformly random (decision 25).</summary>
internal static class RandomDelay
{
    private const uint SpreadMilliseconds = 10 * 60 * 1_000;
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(5);

    public static DateTimeOffset From(DateTimeOffset now, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return now + Least + TimeSpan.FromMilliseconds(random.Next(SpreadMilliseconds + 1));
    }
}
