using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>The last entry of a relay's bell that a device has seen.</summary>
public sealed class BellHead
{
    /// <summary>Size in bytes: relay id, number, hash.</summary>
    public const int Size = Hash256.Size + sizeof(ulong) + Hash256.Size;

    /// <summary>A head of a bell.</summary>
    public BellHead(Hash256 relay, ulong number, Hash256 hash)
    {
        Relay = relay;
        Number = number;
        Hash = hash;
    }

    /// <summary>The relay's id.</summary>
    public Hash256 Relay { get; }

    /// <summary>Number of the entry.</summary>
    public ulong Number { get; }

    /// <summary>Hash of the entry.</summary>
    public Hash256 Hash { get; }
}
