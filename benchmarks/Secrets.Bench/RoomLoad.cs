using System.Buffers.Binary;
using System.Diagnostics;
using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Boxes;
using Secrets.Transport.Rooms;

namespace Secrets.Bench;

/// <summary>The people of one room, each on a connection of their own. Frames have the size of a short message; nobody but the relay looks into what they say.</summary>
internal sealed class RoomLoad : IAsyncDisposable
{
    // a short message: head, one padded class, tag, signature
    private const int BodySize = 17 + 512 + 16 + 64;

    private readonly List<(StackNode Node, StackPeer Peer, RpcDuplex Stream)> _people = [];
    private readonly List<Task> _hearing = [];
    private readonly List<double> _latencies = [];
    private readonly Lock _gate = new();

    /// <summary>Milliseconds from saying to hearing, for each hearer.</summary>
    public IReadOnlyList<double> Latencies => _latencies;

    public static async Task<RoomLoad> OpenAsync(MultiserverAddress address, int people)
    {
        var room = new RoomLoad();
        using var joining = Ed25519PrivateKey.Generate(RandomSource.System);
        using var owner = Ed25519PrivateKey.Generate(RandomSource.System);
        for (var i = 0; i < people; i++)
        {
            using var session = Ed25519PrivateKey.Generate(RandomSource.System);
            var opening = i == 0 ? Statement.Open(joining, owner, SessionId.FromKey(session.PublicKey), RoomsNetwork.MaxParticipants) : null;
            await room.EnterAsync(address, joining, session, opening);
        }
        return room;
    }

    /// <summary>People take turns in saying something.</summary>
    public async Task RunAsync(int perSecond, TimeSpan time)
    {
        var body = new byte[BodySize];
        RandomSource.System.Fill(body);
        var clock = Stopwatch.StartNew();
        for (var said = 0; clock.Elapsed < time; said++)
        {
            var due = TimeSpan.FromSeconds((double)said / perSecond);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed);
            BinaryPrimitives.WriteInt64BigEndian(body, Stopwatch.GetTimestamp());
            await _people[said % _people.Count].Stream.SendAsync(RoomRequest.Say(default, isPassing: false, body));
        }
        // the last ones are still on their way
        await Task.Delay(300);
    }

    public void Forget()
    {
        lock (_gate)
            _latencies.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (node, peer, _) in _people)
        {
            await peer.DisposeAsync();
            await node.DisposeAsync();
        }
        await Task.WhenAll(_hearing);
    }

    private async Task EnterAsync(MultiserverAddress address, Ed25519PrivateKey joining, Ed25519PrivateKey session, Statement? opening)
    {
        _ = AppKey.TryRead(BoxesNetwork.AppKey.Bytes, out var appKey);
        var node = SecretStack.Create(options => options.AppKey = appKey).CreateClient();
        var peer = await node.ConnectAsync(address);
        var stream = await peer.OpenDuplexAsync(RoomsNetwork.EnterMethod);
        RoomChallenge challenge;
        using (var first = (await stream.ReadAsync())!.Value)
            _ = RoomChallenge.TryRead(first.Body.Span, out challenge);
        _ = challenge.TryWork(0, int.MaxValue, out var work);
        await stream.SendAsync(RoomEntry.Create(opening is null ? EntryKind.Join : EntryKind.Open, joining, session, 0, 0, work, opening is null ? [] : [opening], challenge, peer.Binding));
        using (var second = (await stream.ReadAsync())!.Value)
        {
            if (RoomAnswer.TryRead(second.Body.Span, out var answer) != RoomItemError.None || answer!.Refusal != RoomRefusal.None)
                throw new InvalidOperationException("The relay let nobody in.");
        }
        _people.Add((node, peer, stream));
        _hearing.Add(HearAsync(stream));
    }

    private async Task HearAsync(RpcDuplex stream)
    {
        try
        {
            while (await stream.ReadAsync() is { } item)
            {
                using (item)
                    Take(item.Body.Span);
            }
        }
        catch (StackException)
        {
            // the end
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (RoomItem.TryRead(bytes, out var item) != RoomItemError.None || item.Kind != RoomItemKind.Frame)
            return;
        var milliseconds = Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64BigEndian(item.Body)).TotalMilliseconds;
        lock (_gate)
            _latencies.Add(milliseconds);
    }
}
