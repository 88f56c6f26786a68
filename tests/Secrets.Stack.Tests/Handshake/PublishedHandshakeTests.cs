using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Secrets.Crypto;
using Secrets.Stack.Tests.Peers;

namespace Secrets.Stack.Tests.Handshake;

/// <summary>The 159 step vectors published with test-secret-handshake.</summary>
public class PublishedHandshakeTests
{
    [Fact]
    public void All_published_steps_hold()
    {
        var path = Path.Combine(NodePeer.Root(), "..", "shared", "vectors", "shs1", "data.json");
        if (!File.Exists(path))
            Assert.Skip("the published vectors are not here");
        var steps = JsonNode.Parse(File.ReadAllText(path))!.AsArray();
        Assert.Equal(159, steps.Count);
        var checkedSteps = 0;
        foreach (var step in steps)
            checkedSteps += Check(step!) ? 1 : 0;
        // initialize and clean have no bytes of their own: their results appear in the steps before and after
        Assert.Equal(159, checkedSteps);
    }

    private static bool Check(JsonNode step)
    {
        var arguments = step["args"]!.AsArray();
        var result = step["result"];
        return (string?)step["name"] switch
        {
            "toKeys" => CheckKeys(arguments[0]!, result!),
            "initialize" => CheckInitialize(result!),
            "createChallenge" => CheckChallenge(arguments[0]!, (string)result!),
            "verifyChallenge" => CheckServerChallenge(arguments[0]!, (string)arguments[1]!, result),
            "clientVerifyChallenge" => CheckClientChallenge(arguments[0]!, (string)arguments[1]!, result),
            "clientCreateAuth" => CheckHello(arguments[0]!, (string)result!),
            "serverVerifyAuth" => CheckServerHello(arguments[0]!, (string)arguments[1]!, result),
            "serverCreateAccept" => CheckAccept(arguments[0]!, (string)result!),
            "clientVerifyAccept" => CheckClientAccept(arguments[0]!, (string)arguments[1]!, result),
            "clean" => CheckClean(result!),
            _ => false,
        };
    }

    private static bool CheckKeys(JsonNode from, JsonNode result)
    {
        // either a seed, or keys that stay as they are
        var seed = from is JsonObject ? from.Hex("secretKey").AsSpan(0, 32).ToArray() : Convert.FromHexString((string)from!);
        using var keys = StackKeys.FromSeed(seed);
        return VectorFile.Hex(keys.PublicKey.Bytes) == (string?)result["publicKey"];
    }

    private static bool CheckInitialize(JsonNode state)
    {
        var local = state["local"]!;
        using var keys = StackKeys.FromSeed(local.Hex("secretKey").AsSpan(0, 32));
        using var ephemeral = X25519PrivateKey.FromBytes(local.Hex("kx_sk"));
        return VectorFile.Hex(keys.PublicKey.Bytes) == (string?)local["publicKey"]
            && VectorFile.Hex(ephemeral.PublicKey.Bytes) == (string?)local["kx_pk"]
            && CheckChallenge(state, (string)local["app_mac"]! + (string)local["kx_pk"]!);
    }

    private static bool CheckChallenge(JsonNode state, string expected)
    {
        using var ephemeral = X25519PrivateKey.FromBytes(state["local"]!.Hex("kx_sk"));
        var challenge = new byte[ShsMessages.ChallengeSize];
        ShsMessages.WriteChallenge(App(state), ephemeral.PublicKey, challenge);
        return VectorFile.Hex(challenge) == expected;
    }

    private static bool CheckServerChallenge(JsonNode state, string challenge, JsonNode? result)
    {
        using var server = Server(state);
        var error = server.AcceptChallenge(Convert.FromHexString(challenge));
        return result is null ? error == StackError.BadChallenge : error == StackError.None;
    }

    private static bool CheckClientChallenge(JsonNode state, string challenge, JsonNode? result)
    {
        using var client = Client(state);
        var error = client.AcceptChallenge(Convert.FromHexString(challenge));
        return result is null ? error == StackError.BadChallenge : error == StackError.None;
    }

    private static bool CheckHello(JsonNode state, string expected)
    {
        using var client = Client(state);
        var hello = new byte[ShsMessages.HelloSize];
        var error = client.AcceptChallenge(RemoteChallenge(state));
        client.WriteHello(hello);
        return error == StackError.None && VectorFile.Hex(hello) == expected;
    }

    private static bool CheckServerHello(JsonNode state, string hello, JsonNode? result)
    {
        using var server = Server(state);
        Assert.Equal(StackError.None, server.AcceptChallenge(RemoteChallenge(state)));
        var error = server.AcceptHello(Convert.FromHexString(hello));
        return result is null
            ? error == StackError.BadHello
            : error == StackError.None && VectorFile.Hex(server.Client.Bytes) == (string?)state["remote"]!["publicKey"];
    }

    private static bool CheckAccept(JsonNode state, string expected)
    {
        using var server = Server(state);
        Assert.Equal(StackError.None, server.AcceptChallenge(RemoteChallenge(state)));
        Assert.Equal(StackError.None, server.AcceptHello(SealHello(state)));
        var accept = new byte[ShsMessages.AcceptSize];
        using var session = server.WriteAccept(accept);
        return VectorFile.Hex(accept) == expected;
    }

    private static bool CheckClientAccept(JsonNode state, string accept, JsonNode? result)
    {
        using var client = Client(state);
        Assert.Equal(StackError.None, client.AcceptChallenge(RemoteChallenge(state)));
        client.WriteHello(new byte[ShsMessages.HelloSize]);
        var error = client.AcceptAccept(Convert.FromHexString(accept), out var session);
        session?.Dispose();
        return result is null ? error == StackError.BadAccept : error == StackError.None;
    }

    private static bool CheckClean(JsonNode state)
    {
        // session secret and both keys: key = SHA-256(session ‖ receiver's long-term key)
        Span<byte> key = stackalloc byte[ShsMessages.HashSize];
        _ = SHA256.HashData([.. state.Hex("secret"), .. state["remote"]!.Hex("publicKey")], key);
        var isRight = VectorFile.Hex(key) == (string?)state["encryptKey"];
        _ = SHA256.HashData([.. state.Hex("secret"), .. state["local"]!.Hex("publicKey")], key);
        return isRight && VectorFile.Hex(key) == (string?)state["decryptKey"];
    }

    private static AppKey App(JsonNode state)
    {
        Assert.True(AppKey.TryRead(state.Hex("app_key"), out var key));
        return key;
    }

    private static ShsClient Client(JsonNode state)
    {
        var local = state["local"]!;
        Assert.True(Ed25519PublicKey.TryRead(state["remote"]!.Hex("publicKey"), out var server));
        return new ShsClient(App(state), StackKeys.FromSeed(local.Hex("secretKey").AsSpan(0, 32)), server, X25519PrivateKey.FromBytes(local.Hex("kx_sk")));
    }

    private static ShsServer Server(JsonNode state)
    {
        var local = state["local"]!;
        return new ShsServer(App(state), StackKeys.FromSeed(local.Hex("secretKey").AsSpan(0, 32)), X25519PrivateKey.FromBytes(local.Hex("kx_sk")));
    }

    private static byte[] RemoteChallenge(JsonNode state) => [.. state["remote"]!.Hex("app_mac"), .. state["remote"]!.Hex("kx_pk")];

    private static byte[] SealHello(JsonNode state)
    {
        var hello = new byte[ShsMessages.HelloSize];
        ShsMessages.Seal(state.Hex("secret2"), state["remote"]!.Hex("hello"), hello);
        return hello;
    }
}
