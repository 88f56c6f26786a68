using Secrets.Client.Network;

namespace Secrets.Scenarios.Tests;

/// <summary>One person's way to the relays of the world.</summary>
internal sealed class WorldNetwork(Person person) : IRelayNetwork
{
    public ValueTask<IRelayLink> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        person.World.NoteActivity();
        var relay = person.World.Relays.FirstOrDefault(r => r.Address == address);
        if (relay is null || !relay.IsUp || !person.IsOnline)
            return ValueTask.FromException<IRelayLink>(new RelayException(isTransient: true));
        return ValueTask.FromResult<IRelayLink>(relay.Connect(person));
    }
}
