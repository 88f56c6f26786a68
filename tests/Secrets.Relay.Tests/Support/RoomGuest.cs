using Secrets.Crypto;
using Secrets.Stack;
using Secrets.Transport.Rooms;

namespace Secrets.Relay.Tests.Support;

/// <summary>Somebody at a relay's rooms who does what is asked, right or wrong.</summary>
internal sealed class RoomGuest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StackNode _node;
    private RpcDuplex? _stream;

    private RoomGuest(StackNode node, StackPeer peer)
    {
        _node = node;
        Peer = peer;
    }

    public StackPeer Peer { get; }

    public Ed25519PrivateKey Session { get; init; } = Ed25519PrivateKey.Generate(RandomSource.System);

    public SessionId Id => SessionId.FromKey(Session.PublicKey);

    public RoomAnswer? Answer { get; private set; }

    /// <summary>The entry as it was sent last.</summary>
    public ReadOnlyMemory<byte> Entry { get; private set; }

    public static async Task<RoomGuest> ConnectAsync(TestRelay relay, Ed25519PrivateKey? session = null)
    {
        var node = RelayClient.Client();
        var peer = await node.ConnectAsync(new MultiserverAddress(relay.Host.Address.Key, relay.Host.Address.Endpoints.Single(endpoint => endpoint.Transport == StackTransport.Tcp)));
        return new RoomGuest(node, peer) { Session = session ?? Ed25519PrivateKey.Generate(RandomSource.System) };
    }

    public async Task<RoomRefusal> EnterAsync(EntryKind kind, Ed25519PrivateKey joining, ulong instance = 0, ulong after = 0, IReadOnlyList<Statement>? statements = null, ReadOnlyMemory<byte>? instead = null, ulong? badWork = null, RoomAddress? guessed = null)
    {
        _stream = await Peer.OpenDuplexAsync(RoomsNetwork.EnterMethod);
        RoomChallenge challenge;
        using (var first = await NextItemAsync())
            Assert.Equal(RoomItemError.None, RoomChallenge.TryRead(first.Body.Span, out challenge));
        Assert.True(challenge.TryWork(0, int.MaxValue, out var work));
        if (badWork is not null)
            work = Enumerable.Range(0, 1_000).Select(i => (ulong)i).First(number => !challenge.Accepts(number));
        Entry = instead ?? RoomEntry.Create(kind, joining, Session, instance, after, work, statements ?? [], challenge, Peer.Binding);
        if (guessed is { } address)
        {
            // the work is right, and the proof is of another code
            var forged = Entry.ToArray();
            address.Bytes.CopyTo(forged.AsSpan(2));
            Entry = forged;
        }
        await _stream.SendAsync(Entry);
        using var second = await NextItemAsync();
        Assert.Equal(RoomItemError.None, RoomAnswer.TryRead(second.Body.Span, out var answer));
        Answer = answer;
        return answer!.Refusal;
    }

    public Task<RoomRefusal> OpenAsync(Ed25519PrivateKey joining, Ed25519PrivateKey owner, int participants = 50) =>
        EnterAsync(EntryKind.Open, joining, statements: [Statement.Open(joining, owner, Id, participants)]);

    public ValueTask SayAsync(string text, SessionId to = default) => _stream!.SendAsync(RoomRequest.Say(to, isPassing: false, System.Text.Encoding.UTF8.GetBytes(text)));

    public ValueTask SendAsync(ReadOnlyMemory<byte> item) => _stream!.SendAsync(item);

    /// <summary>The next frame's text, or null when the stream ends; other items are passed over.</summary>
    public async Task<string?> HearAsync()
    {
        while (await ReadAsync() is { } item)
        {
            using (item)
            {
                Assert.Equal(RoomItemError.None, RoomItem.TryRead(item.Body.Span, out var read));
                if (read.Kind == RoomItemKind.Frame)
                    return System.Text.Encoding.UTF8.GetString(read.Body);
            }
        }
        return null;
    }

    /// <summary>Why the membership ended; other items are passed over.</summary>
    public async Task<RoomEnd> EndAsync()
    {
        while (await ReadAsync() is { } item)
        {
            using (item)
            {
                Assert.Equal(RoomItemError.None, RoomItem.TryRead(item.Body.Span, out var read));
                if (read.Kind == RoomItemKind.End)
                    return read.Reason;
            }
        }
        return RoomEnd.None;
    }

    /// <summary>Waits for somebody's presence.</summary>
    public async Task PresenceAsync(SessionId of, Presence wanted)
    {
        while (await ReadAsync() is { } item)
        {
            using (item)
            {
                Assert.Equal(RoomItemError.None, RoomItem.TryRead(item.Body.Span, out var read));
                if (read.Kind == RoomItemKind.Presence && read.From == of && read.Presence == wanted)
                    return;
            }
        }
        Assert.Fail("The stream ended.");
    }

    public async ValueTask DisposeAsync()
    {
        await Peer.DisposeAsync();
        await _node.DisposeAsync();
    }

    private async Task<RpcItem?> ReadAsync() => await _stream!.ReadAsync().AsTask().WaitAsync(Patience);

    private async Task<RpcItem> NextItemAsync() => await ReadAsync() ?? throw new InvalidOperationException("The stream ended.");
}
