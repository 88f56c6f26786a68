using Secrets.Transport.Boxes;

namespace Secrets.Scenarios.Tests;

/// <summary>A relay that rings for everybody but one.</summary>
internal sealed class SelectiveBells(Person deaf) : RelayBehaviour
{
    public override byte[]? Ring(MemoryRelay relay, WorldLink link, Bell bell) => link.Person == deaf ? null : base.Ring(relay, link, bell);
}
