using System.Text.Json.Nodes;
using Secrets.Crypto;

namespace Secrets.Stack.Tests.Handshake;

public class HandshakeVectorTests
{
    [Fact]
    public void All_our_vectors_hold()
    {
        foreach (var vector in VectorFile.Load("handshake.json", 29))
        {
            var input = vector["in"]!;
            if ((string?)vector["operation"] == "Handshake")
                CheckWhole(input, vector["out"]!);
            else if ((string?)vector["operation"] == "ShsSession.Binding")
                CheckBinding(input, vector["out"]!.Hex("binding"));
            else
                Assert.True((string?)vector["expect"] == Refusal((string)vector["operation"]!, input).ToString(), vector.ToJsonString());
        }
    }

    private static void CheckWhole(JsonNode input, JsonNode expected)
    {
        Assert.True(AppKey.TryRead(input.Hex("appKey"), out var appKey));
        using var clientKeys = StackKeys.FromSeed(input.Hex("clientSeed"));
        using var serverKeys = StackKeys.FromSeed(input.Hex("serverSeed"));
        Assert.Equal((string?)expected["clientKey"], VectorFile.Hex(clientKeys.PublicKey.Bytes));
        using var client = new ShsClient(appKey, clientKeys, serverKeys.PublicKey, X25519PrivateKey.FromBytes(input.Hex("clientEphemeral")));
        using var server = new ShsServer(appKey, serverKeys, X25519PrivateKey.FromBytes(input.Hex("serverEphemeral")));
        var challenge = new byte[ShsMessages.ChallengeSize];
        var hello = new byte[ShsMessages.HelloSize];
        var accept = new byte[ShsMessages.AcceptSize];

        client.WriteChallenge(challenge);
        Assert.Equal((string?)expected["challenge1"], VectorFile.Hex(challenge));
        Assert.Equal(StackError.None, server.AcceptChallenge(challenge));
        server.WriteChallenge(challenge);
        Assert.Equal((string?)expected["challenge2"], VectorFile.Hex(challenge));
        Assert.Equal(StackError.None, client.AcceptChallenge(challenge));
        client.WriteHello(hello);
        Assert.Equal((string?)expected["hello"], VectorFile.Hex(hello));
        Assert.Equal(StackError.None, server.AcceptHello(hello));
        Assert.Equal(clientKeys.PublicKey, server.Client);
        using var atServer = server.WriteAccept(accept);
        Assert.Equal((string?)expected["accept"], VectorFile.Hex(accept));
        Assert.Equal(StackError.None, client.AcceptAccept(accept, out var atClient));

        // keys and nonces: a goodbye sealed by the one with the vector's key is what the other expects
        CheckDirection(expected, "client", atClient!.Sealer, atServer.Opener);
        CheckDirection(expected, "server", atServer.Sealer, atClient.Opener);
        Assert.Equal(serverKeys.PublicKey, atClient.RemoteKey);
        atClient.Dispose();
    }

    private static void CheckBinding(JsonNode input, byte[] expected)
    {
        Assert.True(AppKey.TryRead(input.Hex("appKey"), out var appKey));
        using var clientKeys = StackKeys.FromSeed(input.Hex("clientSeed"));
        using var serverKeys = StackKeys.FromSeed(input.Hex("serverSeed"));
        using var client = new ShsClient(appKey, clientKeys, serverKeys.PublicKey, X25519PrivateKey.FromBytes(input.Hex("clientEphemeral")));
        using var server = new ShsServer(appKey, serverKeys, X25519PrivateKey.FromBytes(input.Hex("serverEphemeral")));
        var challenge = new byte[ShsMessages.ChallengeSize];
        var hello = new byte[ShsMessages.HelloSize];
        var accept = new byte[ShsMessages.AcceptSize];
        client.WriteChallenge(challenge);
        Assert.Equal(StackError.None, server.AcceptChallenge(challenge));
        server.WriteChallenge(challenge);
        Assert.Equal(StackError.None, client.AcceptChallenge(challenge));
        client.WriteHello(hello);
        Assert.Equal(StackError.None, server.AcceptHello(hello));
        using var atServer = server.WriteAccept(accept);
        Assert.Equal(StackError.None, client.AcceptAccept(accept, out var atClient));
        using (atClient)
            Assert.Equal(expected, atClient!.Binding.Bytes);
        Assert.Equal(expected, atServer.Binding.Bytes);
    }

    private static void CheckDirection(JsonNode expected, string side, BoxSealer sealer, BoxOpener opener)
    {
        var goodbye = new byte[BoxFormat.HeaderSize];
        var reference = new byte[BoxFormat.HeaderSize];
        using var fromVector = new BoxSealer(expected.Hex(side + "SendKey"), expected.Hex(side + "SendNonce"));
        fromVector.SealGoodbye(reference);
        sealer.SealGoodbye(goodbye);
        Assert.Equal(reference, goodbye);
        Assert.Equal(StackError.None, opener.OpenHeader(goodbye));
        Assert.True(opener.IsEnded);
    }

    private static StackError Refusal(string operation, JsonNode input)
    {
        Assert.True(AppKey.TryRead(input.Hex("appKey"), out var appKey));
        using var clientKeys = StackKeys.FromSeed(input.Hex("clientSeed"));
        using var serverKeys = StackKeys.FromSeed(input.Hex("serverSeed"));
        using var client = new ShsClient(appKey, clientKeys, serverKeys.PublicKey, X25519PrivateKey.FromBytes(input.Hex("clientEphemeral")));
        using var server = new ShsServer(appKey, serverKeys, X25519PrivateKey.FromBytes(input.Hex("serverEphemeral")));
        var message = input.Hex("message");
        var challenge = new byte[ShsMessages.ChallengeSize];
        if (operation == "ShsServer.AcceptChallenge")
            return server.AcceptChallenge(message);
        if (operation == "ShsClient.AcceptChallenge")
            return client.AcceptChallenge(message);
        client.WriteChallenge(challenge);
        Assert.Equal(StackError.None, server.AcceptChallenge(challenge));
        server.WriteChallenge(challenge);
        Assert.Equal(StackError.None, client.AcceptChallenge(challenge));
        if (operation == "ShsServer.AcceptHello")
            return server.AcceptHello(message);
        Assert.Equal("ShsClient.AcceptAccept", operation);
        client.WriteHello(new byte[ShsMessages.HelloSize]);
        return client.AcceptAccept(message, out _);
    }
}
