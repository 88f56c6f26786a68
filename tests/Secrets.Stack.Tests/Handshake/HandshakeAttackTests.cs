using System.Security.Cryptography;
using Secrets.Crypto;

namespace Secrets.Stack.Tests.Handshake;

public class HandshakeAttackTests
{
    private static readonly AppKey App = AppKey.FromName("network"u8);
    private readonly StackKeys _alice = StackKeys.FromSeed(SHA256.HashData("alice"u8));
    private readonly StackKeys _bob = StackKeys.FromSeed(SHA256.HashData("bob"u8));
    private readonly StackKeys _mallory = StackKeys.FromSeed(SHA256.HashData("mallory"u8));

    [Fact]
    public void Whoever_has_only_the_clients_key_cant_play_the_server_E_2()
    {
        using var client = Client();
        // Mallory knows Alice's long-term key, and answers as Bob: the hello opens only with Bob's key, and so does the accept
        using var mallory = new ShsServer(App, _mallory, Ephemeral(9));

        Assert.Equal(StackError.None, mallory.AcceptChallenge(Challenge(client)));
        Assert.Equal(StackError.None, client.AcceptChallenge(Challenge(mallory)));
        Assert.Equal(StackError.BadHello, mallory.AcceptHello(Hello(client)));
    }

    [Fact]
    public void Whoever_has_only_the_servers_key_cant_play_a_client_E_2()
    {
        using var server = Server();
        using var mallory = new ShsClient(App, _mallory, _bob.PublicKey, Ephemeral(9));
        Assert.Equal(StackError.None, server.AcceptChallenge(Challenge(mallory)));
        Assert.Equal(StackError.None, mallory.AcceptChallenge(Challenge(server)));

        Assert.Equal(StackError.None, server.AcceptHello(Hello(mallory)));

        // it got in, but as itself: to be taken for Alice it would have to sign as Alice
        Assert.Equal(_mallory.PublicKey, server.Client);
    }

    [Fact]
    public void A_hello_made_for_one_server_is_refused_by_another_E_3()
    {
        // Alice talks to Mallory, who passes everything on to Bob
        using var client = new ShsClient(App, _alice, _mallory.PublicKey, Ephemeral(1));
        using var server = Server();
        Assert.Equal(StackError.None, server.AcceptChallenge(Challenge(client)));
        Assert.Equal(StackError.None, client.AcceptChallenge(Challenge(server)));

        Assert.Equal(StackError.BadHello, server.AcceptHello(Hello(client)));
    }

    [Fact]
    public void A_proof_for_another_server_under_the_right_box_is_refused_E_3()
    {
        // even whoever can open the hello (knows all agreements) can't pass Alice's proof on: it names the server
        using var server = Server();
        using var ephemeral = Ephemeral(1);
        using var secrets = new ShsSecrets(App);
        using var serverEphemeral = Ephemeral(2);
        Assert.True(_bob.PublicKey.TryConvertToX25519(out var bob));
        Assert.True(ephemeral.TryAgree(serverEphemeral.PublicKey, secrets.Ephemeral));
        Assert.True(ephemeral.TryAgree(bob, secrets.WithServer));
        var challenge = new byte[ShsMessages.ChallengeSize];
        ShsMessages.WriteChallenge(App, ephemeral.PublicKey, challenge);
        Assert.Equal(StackError.None, server.AcceptChallenge(challenge));

        var proof = new byte[ShsSecrets.ClientProofSize];
        secrets.WriteClientProof(_mallory.PublicKey, proof);
        Assert.Equal(StackError.BadHello, server.AcceptHello(SealHello(secrets, _alice.Signing.Sign(proof).Bytes, _alice.PublicKey.Bytes)));
    }

    [Fact]
    public void A_long_term_key_of_low_order_in_the_hello_is_refused_E_5()
    {
        string[] points =
        [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        ];
        foreach (var point in points)
        {
            using var server = Server();
            using var ephemeral = Ephemeral(1);
            using var secrets = new ShsSecrets(App);
            using var serverEphemeral = Ephemeral(2);
            Assert.True(_bob.PublicKey.TryConvertToX25519(out var bob));
            Assert.True(ephemeral.TryAgree(serverEphemeral.PublicKey, secrets.Ephemeral));
            Assert.True(ephemeral.TryAgree(bob, secrets.WithServer));
            var challenge = new byte[ShsMessages.ChallengeSize];
            ShsMessages.WriteChallenge(App, ephemeral.PublicKey, challenge);
            Assert.Equal(StackError.None, server.AcceptChallenge(challenge));

            Assert.Equal(StackError.LowOrderKey, server.AcceptHello(SealHello(secrets, new byte[64], Convert.FromHexString(point))));
        }
    }

    [Fact]
    public void A_challenge_sent_back_is_refused_E_22()
    {
        using var client = Client();
        Assert.Equal(StackError.ReflectedChallenge, client.AcceptChallenge(Challenge(client)));
    }

    [Fact]
    public void A_replayed_hello_is_refused_E_22()
    {
        using var client = Client();
        using var server = Server();
        Assert.Equal(StackError.None, server.AcceptChallenge(Challenge(client)));
        Assert.Equal(StackError.None, client.AcceptChallenge(Challenge(server)));
        var hello = Hello(client);
        Assert.Equal(StackError.None, server.AcceptHello(hello));

        using var again = new ShsServer(App, _bob, Ephemeral(3));
        Assert.Equal(StackError.None, again.AcceptChallenge(Challenge(client)));
        Assert.Equal(StackError.BadHello, again.AcceptHello(hello));
    }

    [Fact]
    public void Every_bit_of_every_message_counts_E_26()
    {
        using var reference = Client();
        using var referenceServer = Server();
        var challenge1 = Challenge(reference);
        Assert.Equal(StackError.None, referenceServer.AcceptChallenge(challenge1));
        var challenge2 = Challenge(referenceServer);
        Assert.Equal(StackError.None, reference.AcceptChallenge(challenge2));
        var hello = Hello(reference);
        Assert.Equal(StackError.None, referenceServer.AcceptHello(hello));
        var accept = new byte[ShsMessages.AcceptSize];
        referenceServer.WriteAccept(accept).Dispose();

        foreach (var changed in Flips(challenge1))
            Assert.Equal(StackError.BadChallenge, referenceServer.AcceptChallenge(changed));
        Assert.Equal(StackError.None, referenceServer.AcceptChallenge(challenge1));
        foreach (var changed in Flips(hello))
            Assert.Equal(StackError.BadHello, referenceServer.AcceptHello(changed));
        foreach (var changed in Flips(challenge2))
            Assert.Equal(StackError.BadChallenge, reference.AcceptChallenge(changed));
        Assert.Equal(StackError.None, reference.AcceptChallenge(challenge2));
        foreach (var changed in Flips(accept))
            Assert.Equal(StackError.BadAccept, reference.AcceptAccept(changed, out _));
        Assert.Equal(StackError.None, reference.AcceptAccept(accept, out var session));
        session!.Dispose();
    }

    [Fact]
    public void No_message_of_any_length_does_more_than_be_refused_E_70()
    {
        var random = new SeededRandom(70);
        for (var i = 0; i < Cases.Of(2000); i++)
        {
            var message = random.Bytes((int)random.Next(200));
            using var client = Client();
            using var server = Server();
            Assert.NotEqual(StackError.None, server.AcceptChallenge(message));
            Assert.NotEqual(StackError.None, client.AcceptChallenge(message));
            Assert.NotEqual(StackError.None, server.AcceptHello(message));
            Assert.NotEqual(StackError.None, client.AcceptAccept(message, out _));
        }
    }

    private static IEnumerable<byte[]> Flips(byte[] message)
    {
        for (var bit = 0; bit < 8 * message.Length; bit++)
        {
            var changed = (byte[])message.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return changed;
        }
    }

    private static X25519PrivateKey Ephemeral(int seed) => X25519PrivateKey.Generate(new SeededRandom(seed));

    private ShsClient Client() => new(App, _alice, _bob.PublicKey, Ephemeral(1));

    private ShsServer Server() => new(App, _bob, Ephemeral(2));

    private static byte[] Challenge(ShsClient client)
    {
        var message = new byte[ShsMessages.ChallengeSize];
        client.WriteChallenge(message);
        return message;
    }

    private static byte[] Challenge(ShsServer server)
    {
        var message = new byte[ShsMessages.ChallengeSize];
        server.WriteChallenge(message);
        return message;
    }

    private static byte[] Hello(ShsClient client)
    {
        var message = new byte[ShsMessages.HelloSize];
        client.WriteHello(message);
        return message;
    }

    private static byte[] SealHello(ShsSecrets secrets, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> key)
    {
        Span<byte> boxKey = stackalloc byte[ShsMessages.HashSize];
        var hello = new byte[ShsMessages.HelloSize];
        secrets.DeriveHelloKey(boxKey);
        ShsMessages.Seal(boxKey, [.. signature, .. key], hello);
        return hello;
    }
}
