using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Fuzz;

/// <summary>A whole node whose peer shook hands and then says anything: calls, streams, credit, cancelling, ends.</summary>
internal static class StackPeerTarget
{
    /// <summary>The target.</summary>
    public static readonly Target Target = new("Stack.StackPeer", "stack", Serve);

    private const int SealedKeySize = 32 + 24;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly StackKeys Keys = StackKeys.FromSeed(Enumerable.Repeat((byte)5, 32).ToArray());

    private static readonly StackKeys Peer = StackKeys.FromSeed(Enumerable.Repeat((byte)6, 32).ToArray());

    private static readonly StackNode Node = SecretStack.Create(static options =>
    {
        options.AppKey = AppKey.FromName("fuzz"u8);
        // the node's part of each handshake is the same, so the peer's can be made once
        options.RandomSource = new StackTargets.ConstantRandom(7);
        options.MaxOpenRequests = 16;
        options.MaxItemSize = 64 << 10;
        options.SendQueueSize = 16 << 10;
    }).Use(Plugin()).CreateNode(Keys);

    private static readonly (byte[] Handshake, byte[] Sealer) Client = Shake();

    /// <summary>The input is packets, as in the vectors; its length says how their boxes are cut.</summary>
    private static bool Serve(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return false;
        var wire = new byte[BoxFormat.SealedLength(input.Length)];
        using var sealer = new BoxSealer(Client.Sealer.AsSpan(0, 32), Client.Sealer.AsSpan(32));
        _ = sealer.Seal(input, wire);
        var error = ServeAsync(wire, 1 + (7 * input.Length % 4096)).GetAwaiter().GetResult();
        if (!Enum.IsDefined(error))
            throw new InvalidOperationException($"{error} is no {nameof(StackError)}.");
        if (error is StackError.HandshakeClosed or StackError.BadBoxHeader or StackError.BadBoxBody)
            throw new InvalidOperationException($"{error}, and nobody changed anything.");
        return error is StackError.UnexpectedEnd or StackError.Closed;
    }

    private static async Task<StackError> ServeAsync(ReadOnlyMemory<byte> wire, int piece)
    {
        var (near, far) = DuplexPair.Create();
        var served = Node.AcceptAsync(far);
        var draining = DrainAsync(near);
        _ = await near.Output.WriteAsync(Client.Handshake).ConfigureAwait(false);
        for (; !wire.IsEmpty; wire = wire[Math.Min(piece, wire.Length)..])
        {
            if ((await near.Output.WriteAsync(wire[..Math.Min(piece, wire.Length)]).ConfigureAwait(false)).IsCompleted)
                break;
        }

        await near.Output.CompleteAsync().ConfigureAwait(false);
        var error = await served.WaitAsync(Longest).ConfigureAwait(false);
        await draining.WaitAsync(Longest).ConfigureAwait(false);
        return error;
    }

    private static async Task DrainAsync(IDuplexConnection connection)
    {
        while (true)
        {
            var result = await connection.Input.ReadAsync().ConfigureAwait(false);
            connection.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                break;
        }

        await connection.Input.CompleteAsync().ConfigureAwait(false);
    }

    private static Plugin Plugin() => new Plugin("harness")
    {
        ["echo"] = Rpc.Async<RpcValue, RpcValue>(static (value, _) => ValueTask.FromResult(value)),
        ["count"] = Rpc.Source<int, int>(static (count, _) => Enumerable.Range(0, count & 0xff).ToAsyncEnumerable()),
        ["discard"] = Rpc.Sink<RpcValue>(static async (items, call) => _ = await items.CountAsync(call.CancellationToken).ConfigureAwait(false)),
        ["echoDuplex"] = Rpc.Duplex<RpcValue, RpcValue>(static (items, _) => items),
    }.AllowAnonymous("echo", "count", "discard", "echoDuplex");

    private static (byte[] Handshake, byte[] Sealer) Shake()
    {
        using var client = new ShsClient(AppKey.FromName("fuzz"u8), Peer, Keys.PublicKey, X25519PrivateKey.Generate(new StackTargets.ConstantRandom(8)));
        using var server = new ShsServer(AppKey.FromName("fuzz"u8), Keys, X25519PrivateKey.Generate(new StackTargets.ConstantRandom(7)));
        var handshake = new byte[ShsMessages.ChallengeSize + ShsMessages.HelloSize];
        Span<byte> challenge = stackalloc byte[ShsMessages.ChallengeSize];
        Span<byte> accept = stackalloc byte[ShsMessages.AcceptSize];
        client.WriteChallenge(handshake);
        server.WriteChallenge(challenge);
        _ = client.AcceptChallenge(challenge);
        client.WriteHello(handshake.AsSpan(ShsMessages.ChallengeSize));
        if (server.AcceptChallenge(handshake.AsSpan(0, ShsMessages.ChallengeSize)) != StackError.None || server.AcceptHello(handshake.AsSpan(ShsMessages.ChallengeSize)) != StackError.None)
            throw new InvalidOperationException("The peer's part of the handshake is wrong.");
        using var accepted = server.WriteAccept(accept);
        if (client.AcceptAccept(accept, out var session) != StackError.None)
            throw new InvalidOperationException("The node's part of the handshake is wrong.");
        using (session)
        {
            var sealer = new byte[SealedKeySize];
            session!.Sealer.ExportForTestsOnly(sealer);
            return (handshake, sealer);
        }
    }
}
