using System.Threading.Channels;
using Secrets.Stack;
using Secrets.Transport.Rooms;

namespace Secrets.Relay.Rooms;

/// <summary>One session in a room: how far it was given the room's items, and its connection if it has one.</summary>
internal sealed class Membership
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, AllowSynchronousContinuations = false });

    public Membership(in SessionId session, LiveRoom room, KeptItems own)
    {
        Own = own;
        Session = session;
        Room = room;
    }

    public SessionId Session { get; }

    public LiveRoom Room { get; }

    /// <summary>Of the last item given.</summary>
    public ulong Cursor { get; set; }

    /// <summary>What goes to it alone.</summary>
    public KeptItems Own { get; }

    /// <summary>What went to it alone and was forgotten before it asked for items; that doesn't make it fall behind.</summary>
    public ulong Passed { get; set; }

    /// <summary>True once it asked for items.</summary>
    public bool HasTaken { get; set; }

    /// <summary>The last number when it entered: what passed before is of no use to it.</summary>
    public ulong EnteredAt { get; set; }

    /// <summary>True once it was connected.</summary>
    public bool WasIn { get; set; }

    /// <summary>The connection; null while away.</summary>
    public StackPeer? Peer { get; set; }

    /// <summary>When an absent one is gone.</summary>
    public long AwaySince { get; set; }

    /// <summary>Why it ended; the last item that its stream gives.</summary>
    public RoomEnd End { get; private set; }

    /// <summary>The token bucket of frames to everybody.</summary>
    public Bucket Said { get; set; }

    /// <summary>The token bucket of frames to one.</summary>
    public Bucket Whispered { get; set; }

    /// <summary>There is something to give.</summary>
    public void Signal() => _ = _signal.Writer.TryWrite(true);

    /// <summary>Ends it.</summary>
    public void Finish(RoomEnd reason)
    {
        if (End != RoomEnd.None)
            return;
        End = reason;
        Signal();
    }

    /// <summary>Waits until there is something to give.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => _ = await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
