namespace Secrets.Scenarios.Tests;

/// <summary>A relay that answers as the test likes, and as slowly.</summary>
internal sealed class Lie(Func<MemoryRelay, WorldLink, byte[], byte[]?> answer, TimeSpan delay = default) : RelayBehaviour
{
    public override byte[]? Answer(MemoryRelay relay, WorldLink link, byte[] request) => answer(relay, link, request);

    public override TimeSpan Delay(WorldLink link, byte[] request) => delay;
}
