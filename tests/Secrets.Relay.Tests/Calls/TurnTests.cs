using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Secrets.Relay.Tests.Support;
using Secrets.Stack;
using Secrets.Transport.Boxes;

namespace Secrets.Relay.Tests.Calls;

/// <summary>Credentials for the TURN server beside a relay (docs/protocol/calls.md 4.6).</summary>
public sealed class TurnTests
{
    private const string Secret = "north-of-the-river-0123456789";

    [Fact]
    public async Task A_relay_without_a_server_says_so()
    {
        using var folder = new TemporaryFolder();
        await using var relay = await RelayHost.StartAsync(TestRelay.FreePorts(folder.Path), CancellationToken.None);
        await using var client = await RelayClient.ConnectAsync(relay);
        Assert.Null(await client.Peer.CallAsync<JsonNode?>(CallsNetwork.TurnMethod));
    }

    [Fact]
    public async Task A_credential_is_what_the_server_computes_and_names_nobody()
    {
        using var folder = new TemporaryFolder();
        await using var relay = await RelayHost.StartAsync(Options(folder), CancellationToken.None);
        await using var client = await RelayClient.ConnectAsync(relay);
        var first = await client.Peer.CallAsync<JsonObject>(CallsNetwork.TurnMethod);
        var second = await client.Peer.CallAsync<JsonObject>(CallsNetwork.TurnMethod);

        var username = first["username"]!.GetValue<string>();
        Assert.Matches("^[0-9]+:[0-9a-f]{32}$", username);
        Assert.NotEqual(username, second["username"]!.GetValue<string>());
        var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(username.Split(':')[0], CultureInfo.InvariantCulture)) - DateTimeOffset.UtcNow;
        Assert.InRange(until, TimeSpan.FromHours(11.9), TimeSpan.FromHours(12));
        Assert.Equal(43_200, first["seconds"]!.GetValue<int>());
        Assert.Equal(["turn:relay.example:3478?transport=udp", "turns:relay.example:443"], first["urls"]!.AsArray().Select(static url => url!.GetValue<string>()));
#pragma warning disable CA5350 // as the servers do
        Assert.Equal(Convert.ToBase64String(HMACSHA1.HashData(Encoding.ASCII.GetBytes(Secret), Encoding.ASCII.GetBytes(username))), first["credential"]!.GetValue<string>());
#pragma warning restore CA5350
    }

    [Fact]
    public async Task A_connection_gets_twenty_at_once_and_another_is_not_kept_from_its_own()
    {
        using var folder = new TemporaryFolder();
        await using var relay = await RelayHost.StartAsync(Options(folder), CancellationToken.None);
        await using var greedy = await RelayClient.ConnectAsync(relay);
        await using var other = await RelayClient.ConnectAsync(relay);
        var refused = 0;
        for (var i = 0; i < 40; i++)
        {
            try
            {
                _ = await greedy.Peer.CallAsync<JsonObject>(CallsNetwork.TurnMethod);
            }
            catch (RpcException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 15, 20);
        Assert.NotNull(await other.Peer.CallAsync<JsonObject>(CallsNetwork.TurnMethod));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    public async Task A_server_without_a_secret_is_a_mistake_that_is_told(string? secret)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "turn.secret");
        if (secret is not null)
            await File.WriteAllTextAsync(file, secret);
        var options = TestRelay.FreePorts(Path.Combine(folder.Path, "data")) with { Turn = ["turn:relay.example:3478"], TurnSecretFile = file };
        var failure = await Assert.ThrowsAsync<RelayException>(() => RelayHost.StartAsync(options, CancellationToken.None));
        Assert.Equal(RelayErrorCode.BadTurnSecret, failure.Code);
    }

    private static RelayOptions Options(TemporaryFolder folder)
    {
        var file = Path.Combine(folder.Path, "turn.secret");
        File.WriteAllText(file, Secret + "\n");
        return TestRelay.FreePorts(Path.Combine(folder.Path, "data")) with { Turn = ["turn:relay.example:3478?transport=udp", "turns:relay.example:443"], TurnSecretFile = file };
    }
}
