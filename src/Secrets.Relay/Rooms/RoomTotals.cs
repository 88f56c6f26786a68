namespace Secrets.Relay.Rooms;

/// <summary>What all rooms hold together.</summary>
internal sealed class RoomTotals
{
    private readonly RoomLimits _limits;
    private long _kept;
    private long _pieces;

    public RoomTotals(RoomLimits limits) => _limits = limits;

    /// <summary>True while more frames are kept than may be.</summary>
    public bool IsOverKept => Volatile.Read(ref _kept) > _limits.AllKeptBytes;

    public void TakeKept(long size) => _ = Interlocked.Add(ref _kept, size);

    public void ReleaseKept(long size) => _ = Interlocked.Add(ref _kept, -size);

    public bool TryTakePieces(long size)
    {
        if (Interlocked.Add(ref _pieces, size) <= _limits.AllPieceBytes)
            return true;
        ReleasePieces(size);
        return false;
    }

    public void ReleasePieces(long size) => _ = Interlocked.Add(ref _pieces, -size);
}
