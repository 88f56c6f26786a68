namespace Secrets.Client.Hosting;

/// <summary>Is told what happens in a host. Called from any thread; does not block.</summary>
public interface IHostObserver
{
    /// <summary>Something happened in the open identity: a <see cref="Events.ClientEvent"/> as JSON.</summary>
    void Happened(string json);

    /// <summary>Something happened in a room: a <see cref="Rooms.RoomEvent"/> as JSON. Rooms need no identity.</summary>
    void RoomHappened(string json)
    {
    }

    /// <summary>The host itself changed: which identities there are, or which is open.</summary>
    void Changed();
}
