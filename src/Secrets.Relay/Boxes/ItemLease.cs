using Secrets.Stack;

namespace Secrets.Relay.Boxes;

/// <summary>The received bytes that several cells lie in, given back when the last of them is done.</summary>
internal sealed class ItemLease
{
    private readonly RpcItem _item;
    private int _users;

    /// <summary>For so many cells.</summary>
    public ItemLease(RpcItem item, int users)
    {
        _item = item;
        _users = users;
    }

    /// <summary>One cell is done.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _item.Dispose();
    }
}
