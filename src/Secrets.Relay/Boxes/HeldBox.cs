using Secrets.Relay.Limits;
using Secrets.Relay.Storage;

namespace Secrets.Relay.Boxes;

/// <summary>A box in memory of its own, for answers that were not sent yet: held once, however many show it, and counted until the last of them is done.</summary>
internal sealed class HeldBox
{
    private readonly Allowance _bytes;
    private int _users = 1;

    private HeldBox(KeptBox box, Allowance bytes)
    {
        Box = box;
        _bytes = bytes;
    }

    /// <summary>What is held.</summary>
    public KeptBox Box { get; }

    /// <summary>Holds a box whose body is nobody else's; null if there is no room. The caller is its first user.</summary>
    public static HeldBox? TryHold(KeptBox box, Allowance bytes) => bytes.TryTake(box.Body.Length) ? new HeldBox(box, bytes) : null;

    /// <summary>The same with a copy of the body, which belongs to the cell it came in.</summary>
    public static HeldBox? TryCopy(KeptBox box, Allowance bytes)
    {
        if (!bytes.TryTake(box.Body.Length))
            return null;
        var body = GC.AllocateUninitializedArray<byte>(box.Body.Length);
        box.Body.CopyTo(body);
        return new HeldBox(new KeptBox(box.Class, box.Signature, body), bytes);
    }

    /// <summary>One more uses it; only called by one who does.</summary>
    public HeldBox Share()
    {
        _ = Interlocked.Increment(ref _users);
        return this;
    }

    /// <summary>One uses it no more.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _bytes.GiveBack(Box.Body.Length);
    }
}
