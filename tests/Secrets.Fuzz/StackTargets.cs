using System.Buffers;
using Secrets.Crypto;
using Secrets.Stack;

namespace Secrets.Fuzz;

/// <summary>Decoders of the stack that need a key or a state: the handshake's messages, boxes, errors and values, a proxy's answers.</summary>
internal static class StackTargets
{
    /// <summary>The list; a line each.</summary>
    public static readonly Target[] All =
    [
        new("Stack.ShsServer", "stack", ShakeAsServer),
        new("Stack.ShsClient", "stack", ShakeAsClient),
        new("Stack.BoxReader", "stack", ReadBoxes),
        new("Stack.PacketBody", "stack", ReadBody),
        new("Stack.RpcError", "stack", ReadError),
        new("Stack.RpcCodec", "stack", ReadValue),
        new("Stack.SocksRequest", "stack", ReadProxy),
    ];

    private static readonly AppKey App = AppKey.FromName("fuzz"u8);

    private static readonly StackKeys Alice = StackKeys.FromSeed(Enumerable.Repeat((byte)1, 32).ToArray());

    private static readonly StackKeys Bob = StackKeys.FromSeed(Enumerable.Repeat((byte)2, 32).ToArray());

    private static readonly RpcCodec Codec = new(context: null);

    /// <summary>A challenge and a hello. The first byte says how much of them is right, so that what lies behind a mac and a box is reached.</summary>
    private static bool ShakeAsServer(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return false;
        using var server = new ShsServer(App, Bob, Ephemeral(3));
        using var ephemeral = Ephemeral(4);
        var rest = input[1..];
        var hasRightMac = (input[0] & 1) != 0;
        var hasRightBox = (input[0] & 2) != 0;
        Span<byte> challenge = stackalloc byte[ShsMessages.ChallengeSize];
        if (hasRightBox)
            ShsMessages.WriteChallenge(App, ephemeral.PublicKey, challenge);
        else if (hasRightMac && rest.Length >= X25519PublicKey.Size)
            WriteChallenge(rest[..X25519PublicKey.Size], challenge);
        else
            return Judge(server.AcceptChallenge(rest));
        if (!Judge(server.AcceptChallenge(challenge)))
            return false;
        Span<byte> hello = stackalloc byte[ShsMessages.HelloSize];
        if (hasRightBox)
            SealHello(ephemeral, rest, hello);
        else
            rest[..Math.Min(rest.Length, hello.Length)].CopyTo(hello);
        var isAccepted = Judge(server.AcceptHello(hello));
        return isAccepted ? throw new InvalidOperationException("A proof out of nothing.") : false;
    }

    /// <summary>A server's challenge, with the right mac or not, and an accept.</summary>
    private static bool ShakeAsClient(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return false;
        using var client = new ShsClient(App, Alice, Bob.PublicKey, Ephemeral(3));
        Span<byte> challenge = stackalloc byte[ShsMessages.ChallengeSize];
        client.WriteChallenge(challenge);
        var rest = input[1..];
        if ((input[0] & 1) == 0 || rest.Length < X25519PublicKey.Size)
            return Judge(client.AcceptChallenge(rest));
        WriteChallenge(rest[..X25519PublicKey.Size], challenge);
        if (!Judge(client.AcceptChallenge(challenge)))
            return false;
        Span<byte> hello = stackalloc byte[ShsMessages.HelloSize];
        client.WriteHello(hello);
        var isAccepted = Judge(client.AcceptAccept(rest[X25519PublicKey.Size..], out var session));
        using (session)
            return isAccepted ? throw new InvalidOperationException("A proof out of nothing.") : true;
    }

    /// <summary>The first bytes say how the wire is cut and which byte is changed; the rest is what was sealed.</summary>
    private static bool ReadBoxes(ReadOnlySpan<byte> input)
    {
        if (input.Length < 4)
            return false;
        var plain = input[3..].ToArray();
        using var sealer = new BoxSealer(new byte[32], new byte[24]);
        using var reader = new BoxReader(new BoxOpener(new byte[32], new byte[24]));
        var wire = new byte[BoxFormat.SealedLength(plain.Length)];
        _ = sealer.Seal(plain, wire);
        if (input[1] != 0)
            wire[((input[1] << 8) | input[2]) % wire.Length] ^= input[1];

        var opened = new ArrayBufferWriter<byte>();
        var (start, end) = (0, 0);
        while (end < wire.Length)
        {
            end = Math.Min(wire.Length, end + 1 + input[0]);
            var sequence = new ReadOnlySequence<byte>(wire, start, end - start);
            while (true)
            {
                var error = reader.Read(ref sequence, out var more);
                if (!Judge(error) || more.IsEmpty)
                {
                    if (!plain.AsSpan().StartsWith(opened.WrittenSpan))
                        throw new InvalidOperationException("Plaintext that nobody sealed.");
                    if (error != StackError.None)
                        return input[1] == 0 ? throw new InvalidOperationException("An honest box was refused.") : false;
                    break;
                }

                opened.Write(more);
            }

            start = end - (int)sequence.Length;
        }

        // a changed length waits for bytes that don't come
        return opened.WrittenCount == plain.Length || input[1] != 0 ? input[1] == 0 : throw new InvalidOperationException("Plaintext was lost.");
    }

    /// <summary>What is read is written and read as the same kind.</summary>
    private static bool ReadBody(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return false;
        if (!PacketBody.TryRead(Kind(input[0]), input[1..], out var value, out var error))
            return Judge(error) ? throw new InvalidOperationException("Refused without a reason.") : false;
        using var writer = new PooledWriter();
        var kind = PacketBody.Write(writer, value);
        return PacketBody.TryRead(kind, writer.Written, out _, out _) ? true : throw new InvalidOperationException("A body that can't be read again.");
    }

    /// <summary>Whatever an end says, it is an error of bounded length or a peaceful end.</summary>
    private static bool ReadError(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return false;
        var memory = ItemMemory.Rent(input.Length);
        input[1..].CopyTo(memory);
        using var item = new RpcItem(Kind(input[0]), memory, input.Length - 1);
        var error = RpcError.ReadEnd(item);
        if (error is { Message.Length: > 1024 } or { Name.Length: > 1024 })
            throw new InvalidOperationException("An error of any length.");
        return error is not null;
    }

    /// <summary>A value is of a type or is not, for each type that needs no context.</summary>
    private static bool ReadValue(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty || !PacketBody.TryRead(Kind(input[0]), input[1..], out var value, out _))
            return false;
        var isBytes = Codec.TryRead<byte[]>(value, out var bytes);
        if (isBytes && bytes is not null && Codec.WriteArgument(bytes) is null)
            throw new InvalidOperationException("Bytes that can't be an argument.");
        var isText = Codec.TryRead<string>(value, out var text) && text is not null;
        return isBytes | isText | Codec.TryRead<int>(value, out _) | Codec.TryRead<double>(value, out _) | Codec.TryRead<bool>(value, out _)
            | Codec.TryRead<System.Text.Json.Nodes.JsonObject>(value, out _);
    }

    /// <summary>A proxy that answers anything is one that has the connection, or is none.</summary>
    private static bool ReadProxy(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return false;
        using var proxy = new ScriptedStream(input[1..].ToArray(), 1 + (input[0] >> 1));
        try
        {
            SocksRequest.SendAsync(proxy, "example.onion", 80, (input[0] & 1) == 0 ? "" : "circuit", default).GetAwaiter().GetResult();
            return true;
        }
        catch (StackException exception) when (exception.Error == StackError.Unreachable)
        {
            return false;
        }
    }

    private static bool Judge(StackError error) =>
        Enum.IsDefined(error) ? error == StackError.None : throw new InvalidOperationException($"{error} is no {nameof(StackError)}.");

    private static RpcKind Kind(byte choice) => (choice % 3) switch { 0 => RpcKind.Binary, 1 => RpcKind.Text, _ => RpcKind.Json };

    private static X25519PrivateKey Ephemeral(byte seed) => X25519PrivateKey.Generate(new ConstantRandom(seed));

    private static void WriteChallenge(ReadOnlySpan<byte> point, Span<byte> challenge)
    {
        var mac = System.Security.Cryptography.HMACSHA512.HashData(App.Bytes, point);
        mac.AsSpan(0, ShsMessages.MacSize).CopyTo(challenge);
        point.CopyTo(challenge[ShsMessages.MacSize..]);
    }

    /// <summary>A hello that opens, whatever it says.</summary>
    private static void SealHello(X25519PrivateKey ephemeral, ReadOnlySpan<byte> plain, Span<byte> hello)
    {
        using var secrets = new ShsSecrets(App);
        using var theirs = Ephemeral(3);
        _ = Bob.PublicKey.TryConvertToX25519(out var server);
        _ = ephemeral.TryAgree(theirs.PublicKey, secrets.Ephemeral);
        _ = ephemeral.TryAgree(server, secrets.WithServer);
        Span<byte> key = stackalloc byte[ShsMessages.HashSize];
        Span<byte> said = stackalloc byte[ShsMessages.HelloPlainSize];
        plain[..Math.Min(plain.Length, said.Length)].CopyTo(said);
        secrets.DeriveHelloKey(key);
        ShsMessages.Seal(key, said, hello);
    }

    /// <summary>The same bytes always.</summary>
    internal sealed class ConstantRandom(byte value) : RandomSource
    {
        public override void Fill(Span<byte> destination) => destination.Fill(value);
    }

    /// <summary>Answers from a script, in pieces; what is written is for nobody.</summary>
    private sealed class ScriptedStream(byte[] script, int pieces) : MemoryStream(script, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, pieces)]));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
