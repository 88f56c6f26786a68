using Secrets.Crypto;
using Secrets.Transport.Encoding;

namespace Secrets.Stack.Server.Tests.Guide;

/// <summary>The samples in the packages' READMEs, run. Their text is compared by <see cref="GuideTests"/>.</summary>
public class ReadmeSamples
{
    [Fact]
    public void A_signature()
    {
        using var key = Ed25519PrivateKey.Generate(RandomSource.System);
        var signature = key.Sign("hello"u8);
        bool isRight = key.PublicKey.Verify("hello"u8, signature);

        Assert.True(isRight);
    }

    [Fact]
    public void Bytes_written_and_read()
    {
        var bytes = new byte[7];
        var writer = new WireWriter(bytes);
        writer.WriteByte(1);
        writer.WriteBytes8("hello"u8);
        var reader = new WireReader(bytes);
        bool isWhole = reader.TryReadByte(out var version) && reader.TryReadBytes8(limit: 16, out var text) && reader.IsAtEnd;

        Assert.True(isWhole && version == 1);
    }

    [Fact]
    public async Task A_node_and_a_call()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        var stack = SecretStack.Create(o => o.AppKey = AppKey.FromName("example"u8))
            .Use(new Plugin("foo") { ["bar"] = Rpc.Async<int, string>((n, _) => ValueTask.FromResult($"<{n}>")) }.AllowAnonymous("bar"));
        await using var node = await stack.StartAsync(keys, o => o.Listen("net:127.0.0.1:0~shs")); // port 0 is any free one

        await using var client = stack.CreateClient();
        await using var peer = await client.ConnectAsync(node.Address!);
        string answer = await peer.CallAsync<string>("foo.bar", [21]);

        Assert.Equal("<21>", answer);
    }

    [Fact]
    public async Task A_node_behind_WebSocket()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        var stack = SecretStack.Create(o => o.AppKey = AppKey.FromName("example"u8)).UseKestrel();
        await using var node = await stack.StartAsync(keys, o => o.Listen("ws://127.0.0.1:0~shs"));

        Assert.Equal(StackTransport.WebSocket, Assert.Single(node.Address!.Endpoints).Transport);
    }
}
