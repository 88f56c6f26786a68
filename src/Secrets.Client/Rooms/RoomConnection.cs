using System.Threading.Channels;
using Secrets.Client.Network;

namespace Secrets.Client.Rooms;

/// <summary>One connection of a room: what is to be sent waits here.</summary>
internal sealed class RoomConnection : IAsyncDisposable
{
    private readonly Task _sending;

    public RoomConnection(IRoomLink link, IRoomDuplex stream)
    {
        Link = link;
        Stream = stream;
        _sending = SendAsync();
    }

    public IRoomLink Link { get; }

    public IRoomDuplex Stream { get; }

    public Channel<ReadOnlyMemory<byte>> Out { get; } = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Ends when everything that waited was sent, or can't be.</summary>
    public Task FinishAsync()
    {
        _ = Out.Writer.TryComplete();
        return _sending;
    }

    public async ValueTask DisposeAsync()
    {
        _ = Out.Writer.TryComplete();
        await Stream.DisposeAsync().ConfigureAwait(false);
        await Link.DisposeAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var item in Out.Reader.ReadAllAsync().ConfigureAwait(false))
                await Stream.SendAsync(item, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RelayException)
        {
            // reading meets the same
        }
    }
}
