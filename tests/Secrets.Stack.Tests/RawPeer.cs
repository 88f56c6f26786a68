using System.Buffers;
using System.Text;
using Secrets.Crypto;

namespace Secrets.Stack.Tests;

/// <summary>A client that shook hands and then sends whatever a test wants.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly IDuplexConnection _connection;
    private readonly ShsSession _session;
    private readonly BoxReader _boxes;
    private readonly PacketReader _packets = new(1 << 24);
    private readonly Queue<Packet> _received = new();

    private RawPeer(IDuplexConnection connection, ShsSession session, Task<StackError> served)
    {
        _connection = connection;
        _session = session;
        _boxes = new BoxReader(session.Opener);
        Served = served;
    }

    /// <summary>How the node's side ended.</summary>
    public Task<StackError> Served { get; }

    public bool SawGoodbye => _packets.IsEnded;

    public static async Task<RawPeer> ConnectAsync(StackNode node, AppKey appKey)
    {
        var (near, far) = DuplexPair.Create();
        return await ConnectAsync(near, node.AcceptAsync(far), node.PublicKey, appKey);
    }

    public static async Task<RawPeer> ConnectAsync(IDuplexConnection connection, Task<StackError> served, Ed25519PublicKey node, AppKey appKey)
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        var session = await ShsHandshake.ConnectAsync(connection, new StackOptions { AppKey = appKey }, keys, node, default);
        return new RawPeer(connection, session, served);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> wire) => _ = await _connection.Output.WriteAsync(wire);

    public Task SendPacketAsync(byte flags, int id, string body) => SendPacketAsync(flags, id, Encoding.UTF8.GetBytes(body));

    public async Task SendPacketAsync(byte flags, int id, byte[] body)
    {
        var plain = new byte[PacketFormat.HeaderSize + body.Length];
        PacketFormat.WriteHeader(plain, RpcKind.Binary, false, false, body.Length, id);
        plain[0] = flags;
        body.CopyTo(plain, PacketFormat.HeaderSize);
        await SendAsync(Seal(plain));
    }

    public byte[] Seal(byte[] plain)
    {
        var wire = new byte[BoxFormat.SealedLength(plain.Length)];
        _ = _session.Sealer.Seal(plain, wire);
        return wire;
    }

    /// <summary>The next packet as flags-less text: "id stream end body"; null after a goodbye or the end.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (_received.Count == 0)
        {
            if (_packets.IsEnded)
                return null;
            var result = await _connection.Input.ReadAsync(deadline.Token);
            var buffer = result.Buffer;
            Open(ref buffer);
            _connection.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted && _received.Count == 0)
                return null;
        }

        var packet = _received.Dequeue();
        using var item = packet.Item!;
        return $"{packet.Id}{(packet.IsStream ? " stream" : "")}{(packet.IsEnd ? " end" : "")} {Encoding.UTF8.GetString(item.Body.Span)}";
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private void Open(ref ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            Assert.Equal(StackError.None, _boxes.Read(ref buffer, out var plain));
            if (plain.IsEmpty)
                return;
            while (!plain.IsEmpty)
            {
                Assert.Equal(StackError.None, _packets.Read(ref plain, out var packet));
                if (packet.IsWhole)
                    _received.Enqueue(packet);
            }
        }
    }
}
