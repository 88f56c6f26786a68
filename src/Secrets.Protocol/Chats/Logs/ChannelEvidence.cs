using Secrets.Crypto;

namespace Secrets.Protocol.Chats;

/// <summary>That a writer said two things at one place, or contradicted its own hash chain. The contents are the store's to keep.</summary>
public sealed class ChannelEvidence
{
    internal ChannelEvidence(ulong index, Hash256 first, Hash256 second)
    {
        Index = index;
        First = first;
        Second = second;
    }

    /// <summary>The index.</summary>
    public ulong Index { get; }

    /// <summary>Hash of what came first; for a contradiction the hash that a neighbour asks for.</summary>
    public Hash256 First { get; }

    /// <summary>Hash of what came second.</summary>
    public Hash256 Second { get; }
}
