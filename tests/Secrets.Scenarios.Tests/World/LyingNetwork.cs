using Secrets.Client.Network;
using Secrets.Crypto;
using Secrets.Transport.Rooms;

namespace Secrets.Scenarios.Tests;

/// <summary>A relay that lies to one person: between a real relay and a real client, it gives what it likes in place of each item of a room, and cuts the line when it likes.</summary>
internal sealed class LyingNetwork(IRoomNetwork honest) : IRoomNetwork
{
    // room for items of its own between those of the relay
    private const ulong Apart = 64;

    private readonly List<IRoomLink> _links = [];
    private ulong _last;

    /// <summary>What is given in place of an item of the relay.</summary>
    public Func<byte[], IEnumerable<ReadOnlyMemory<byte>>> Lie { get; set; } = static item => [item];

    /// <summary>True while nobody gets through.</summary>
    public bool IsCut { get; set; }

    public async Task CutAsync()
    {
        IsCut = true;
        foreach (var link in _links)
            await link.DisposeAsync();
        _links.Clear();
    }

    public async ValueTask<IRoomLink> ConnectRoomAsync(string address, CancellationToken cancellationToken)
    {
        if (IsCut)
            throw new RelayException(isTransient: true);
        var link = new Link(await honest.ConnectRoomAsync(address, cancellationToken), this);
        _links.Add(link);
        return link;
    }

    /// <summary>An item with a number of its own, above all that were given.</summary>
    public ReadOnlyMemory<byte> Numbered(ReadOnlySpan<byte> item)
    {
        Assert.Equal(RoomItemError.None, RoomItem.TryRead(item, out var read));
        _last++;
        return read.Kind switch
        {
            RoomItemKind.Frame => RoomItem.Frame(_last, read.IsPassing, read.From, read.To, read.Body),
            RoomItemKind.Presence => RoomItem.Present(_last, read.From, read.Presence, read.Left),
            RoomItemKind.Statement => Stated(read.Body),
            _ => item.ToArray(),
        };
    }

    private ReadOnlyMemory<byte> Stated(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(StatementError.None, Statement.TryRead(bytes, out var statement));
        return RoomItem.Stated(_last, statement!);
    }

    private ReadOnlyMemory<byte> Spread(ReadOnlyMemory<byte> answer)
    {
        Assert.Equal(RoomItemError.None, RoomAnswer.TryRead(answer.Span, out var read));
        if (read!.Refusal != RoomRefusal.None)
            return answer;
        _last = read.Number * Apart;
        return new RoomAnswer { Instance = read.Instance, Number = _last, Oldest = read.Oldest * Apart, OwnerDeadline = read.OwnerDeadline, Statements = read.Statements, Members = read.Members }.Encode();
    }

    private sealed class Link(IRoomLink honest, LyingNetwork network) : IRoomLink
    {
        public Ed25519PublicKey Relay => honest.Relay;

        public Hash256 Binding => honest.Binding;

        public async ValueTask<IRoomDuplex> EnterAsync(CancellationToken cancellationToken) => new Duplex(await honest.EnterAsync(cancellationToken), network);

        public ValueTask<IRoomDuplex> OpenPiecesAsync(CancellationToken cancellationToken) => honest.OpenPiecesAsync(cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>> GetTurnAsync(CancellationToken cancellationToken) => honest.GetTurnAsync(cancellationToken);

        public ValueTask DisposeAsync() => honest.DisposeAsync();
    }

    private sealed class Duplex(IRoomDuplex honest, LyingNetwork network) : IRoomDuplex
    {
        private readonly Queue<ReadOnlyMemory<byte>> _waiting = [];
        private int _taken;

        public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
        {
            while (_waiting.Count == 0)
            {
                if (await honest.ReadAsync(cancellationToken) is not { } item)
                    return null;
                // the challenge, then the answer, then items
                _taken++;
                if (_taken == 1)
                    return item;
                if (_taken == 2)
                    return network.Spread(item);
                foreach (var told in network.Lie(network.Numbered(item.Span).ToArray()))
                    _waiting.Enqueue(told);
            }
            return _waiting.Dequeue();
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken) => honest.SendAsync(item, cancellationToken);

        public ValueTask DisposeAsync() => honest.DisposeAsync();
    }
}
