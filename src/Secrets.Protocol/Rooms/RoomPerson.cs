using Secrets.Crypto;
using Secrets.Transport.Rooms;

namespace Secrets.Protocol.Rooms;

/// <summary>Somebody else in a room, as the machine knows them.</summary>
public sealed class RoomPerson : IDisposable
{
    internal const int MaxKeys = 8;
    internal const int MaxWaiting = 32;

    private readonly List<SenderKey> _keys = [];

    internal RoomPerson(in SessionId session, in X25519PublicKey agreement, in Ed25519PublicKey ownerKey, string name)
    {
        Session = session;
        Agreement = agreement;
        OwnerKey = ownerKey;
        Name = name;
    }

    /// <summary>Whose session.</summary>
    public SessionId Session { get; }

    /// <summary>The present name, as the person gave it.</summary>
    public string Name { get; internal set; }

    /// <summary>Whether connected.</summary>
    public Presence Presence { get; internal set; } = Presence.Here;

    /// <summary>True when sender keys were exchanged: this person is heard.</summary>
    public bool IsIntroduced => _keys.Count > 0;

    /// <summary>True after a restart of the relay until this person is back in the room, or the time for that is over.</summary>
    internal bool IsMissed { get; set; }

    internal X25519PublicKey Agreement { get; }

    /// <summary>The key by which this person would own the room.</summary>
    internal Ed25519PublicKey OwnerKey { get; }

    /// <summary>True once a message named one that is known here; before that, it may name one from before.</summary>
    internal bool IsCaughtUp { get; set; }

    /// <summary>Of the last private frame taken.</summary>
    internal ulong LastPrivate { get; set; }

    /// <summary>Of the last sign taken.</summary>
    internal ulong LastSign { get; set; }

    internal IReadOnlyList<SenderKey> Keys => _keys;

    /// <summary>Bodies of messages whose key is not here yet.</summary>
    internal Queue<ReadOnlyMemory<byte>> Waiting { get; } = [];

    internal SenderKey? Find(ulong keyId) => _keys.Find(key => key.Id == keyId);

    /// <summary>Takes a key that is not known yet, and owns it; the oldest of too many goes.</summary>
    internal void Add(SenderKey key)
    {
        if (_keys.Count == MaxKeys)
        {
            _keys[0].Dispose();
            _keys.RemoveAt(0);
        }
        _keys.Add(key);
    }

    /// <summary>Wipes the keys.</summary>
    public void Dispose()
    {
        foreach (var key in _keys)
            key.Dispose();
        _keys.Clear();
        Waiting.Clear();
    }
}
