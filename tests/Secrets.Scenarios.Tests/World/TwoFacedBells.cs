using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>A relay that rings another chain of bells, whole and signed, for one person.</summary>
internal sealed class TwoFacedBells(Person deceived) : RelayBehaviour
{
    private BellBuilder? _other;

    public override byte[]? Ring(MemoryRelay relay, WorldLink link, Bell bell)
    {
        if (link.Person != deceived)
            return base.Ring(relay, link, bell);
        _other ??= new BellBuilder(relay.Id, bell.Number, default, relay.Random);
        return _other.Ring(relay.Key).Encoded.ToArray();
    }
}
