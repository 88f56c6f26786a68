namespace Secrets.Stack;

/// <summary>How much a stream has in the batch that is being gathered; <c>default</c> is nothing.</summary>
internal struct SendShare
{
    private long _batch;
    private int _bytes;

    public readonly int In(long batch) => batch == _batch ? _bytes : 0;

    public void Add(long batch, int bytes)
    {
        _bytes = In(batch) + bytes + PacketFormat.HeaderSize;
        _batch = batch;
    }
}
