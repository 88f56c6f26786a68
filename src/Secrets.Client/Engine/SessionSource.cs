using Secrets.Crypto;
using Secrets.Store;

namespace Secrets.Client.Engine;

/// <summary>The slots beside a session's state, as they are read; remembers what is in the store.</summary>
internal sealed class SessionSource(IdentityStore store, Hash256 id)
{
    public Hash256 Id => id;

    /// <summary>What was read, by its slot.</summary>
    public Dictionary<SlotId, Hash256> Stored { get; } = [];

    /// <summary>The content of a slot that must be there; the caller owns it.</summary>
    public SecretBuffer Take(SlotId slot)
    {
        SlotFormat.Require(store.TryGetSlot(slot, out var content));
        Stored[slot] = Hash256.Of(content.Bytes);
        return content;
    }

    /// <summary>A page of the list of boxes; null if all of it is gone.</summary>
    public SentPage? TryTakePage(uint number, IReadOnlyList<string> relays)
    {
        if (!store.TryGetSlot(SessionSlot.PageSlot(id, number), out var content))
            return null;
        using (content)
            return SentPage.Read(number, content.Bytes, relays);
    }
}
