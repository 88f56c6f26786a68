using System.Net;
using System.Text;
using Secrets.Client;
using Secrets.Client.Network;
using Secrets.Client.Views;
using Secrets.Crypto;
using Secrets.Protocol.Chats;
using Secrets.Protocol.Sessions;
using Secrets.Relay;
using Secrets.Store;
using ChatId = Secrets.Client.ChatId;

namespace Secrets.Scenarios.Tests;

/// <summary>The whole of it over loopback: real relay, real network, real clock.</summary>
public sealed class RealRelayTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Two_people_talk_through_a_relay_that_is_killed_in_between_and_keeps_nothing_that_names_them()
    {
        var folder = Directory.CreateTempSubdirectory("secrets-scenario-");
        try
        {
            var options = new RelayOptions { DataFolder = folder.FullName, Listen = null, ListenTcp = new IPEndPoint(IPAddress.Loopback, 0), ReserveBytes = 0 };
            var relay = await RelayHost.StartAsync(options, CancellationToken.None);
            options = options with { ListenTcp = relay.LocalTcpEndpoint };
            var address = relay.Address.ToString();
            await using var alice = await CreateAsync("Alice of the lake", address);
            await using var bob = await CreateAsync("Bob of the hill", address);
            var lunch = await alice.CreateChatAsync("Lunch at the harbour", TimeSpan.FromDays(14), CancellationToken.None);
            _ = await alice.SyncAsync(CancellationToken.None);
            var secret = (await alice.GetSecretAsync(lunch.Id, TimeSpan.FromDays(14), renew: false, CancellationToken.None)).Text;
            var joined = await bob.JoinChatAsync(secret, "Ally", direct: true, allowOtherRelays: false, CancellationToken.None);
            await UntilAsync(alice, async () => (await alice.GetChatAsync(lunch.Id, CancellationToken.None)).Stage == ChatStage.Open);
            _ = await alice.SendAsync(lunch.Id, "Noodles at one, by the old crane?", CancellationToken.None);
            await UntilAsync(bob, async () => (await TextsAsync(bob, joined.Id)).Length == 1);

            await relay.DisposeAsync();
            _ = await bob.SendAsync(joined.Id, "Half past, bring the letter", CancellationToken.None);
            Assert.Equal(DeliveryState.Waiting, (await bob.GetMessagesAsync(joined.Id, null, CancellationToken.None))[^1].State);
            relay = await RelayHost.StartAsync(options, CancellationToken.None);
            await UntilAsync(alice, async () => (await TextsAsync(alice, lunch.Id)).Length == 2);

            Assert.Equal(["Noodles at one, by the old crane?", "Half past, bring the letter"], await TextsAsync(alice, lunch.Id));
            Assert.Equal(["Noodles at one, by the old crane?", "Half past, bring the letter"], await TextsAsync(bob, joined.Id));
            var words = new List<byte[]>();
            foreach (var text in new[] { "Alice of the lake", "Bob of the hill", "Lunch at the harbour", "Ally", "Noodles at one", "bring the letter", secret })
                words.Add(Encoding.UTF8.GetBytes(text));
            AddKeys(words, secret, alice.EngineForTestsOnly.Require(lunch.Id));
            AddKeys(words, secret, bob.EngineForTestsOnly.Require(joined.Id));
            var metrics = relay.Core.FormatMetrics();
            await relay.DisposeAsync();
            await AssertHoldsNoneAsync(folder, metrics, words);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_relay_with_another_key_is_told_from_one_that_is_not_there()
    {
        var folder = Directory.CreateTempSubdirectory("secrets-scenario-");
        try
        {
            var relay = await RelayHost.StartAsync(new RelayOptions { DataFolder = folder.FullName, Listen = null, ListenTcp = new IPEndPoint(IPAddress.Loopback, 0), ReserveBytes = 0 }, CancellationToken.None);
            var address = relay.Address.ToString();
            await using var alice = await CreateAsync("Alice", address);
            var test = await alice.TestRelayAsync(address, CancellationToken.None);
            Assert.Equal(RelayTestOutcome.Reached, test.Outcome);
            Assert.InRange(test.Milliseconds, 0, (long)Limit.TotalMilliseconds);
            using var key = Ed25519PrivateKey.Generate(RandomSource.System);
            _ = Secrets.Stack.MultiserverAddress.TryParse(address, out var parsed);
            var other = new Secrets.Stack.MultiserverAddress(key.PublicKey, parsed!.Endpoints[0]).ToString();
            Assert.Equal(RelayTestOutcome.AnotherKey, (await alice.TestRelayAsync(other, CancellationToken.None)).Outcome);
            await relay.DisposeAsync();
            Assert.Equal(RelayTestOutcome.NotReached, (await alice.TestRelayAsync(address, CancellationToken.None)).Outcome);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AddKeys(List<byte[]> words, string secret, Secrets.Client.Engine.Chat chat)
    {
        Assert.Equal(SecretError.None, Secret.TryParse(secret, out var parsed));
        using (parsed)
        {
            var bytes = new byte[Secret.Size];
            parsed!.ExportForVault(bytes);
            words.Add(bytes);
            words.Add(parsed.Id.Bytes.ToArray());
        }
        var id = new byte[16];
        Assert.True(chat.Id.Value.TryWriteBytes(id));
        words.Add(id);
        words.Add(chat.OwnChain.First.Hash.Bytes.ToArray());
        words.Add(chat.TheirChain!.First.Hash.Bytes.ToArray());
        words.Add(chat.ProtocolId.Bytes.ToArray());
        words.Add(chat.Device!.Agreement.PublicKey.Bytes.ToArray());
        words.AddRange(chat.Sessions.Select(s => s.Id.Bytes.ToArray()));
        words.AddRange(chat.Lines.Select(l =>
        {
            var line = new byte[16];
            l.Id.Write(line);
            return line;
        }));
    }

    private static async Task AssertHoldsNoneAsync(DirectoryInfo folder, string metrics, List<byte[]> words)
    {
        var searched = 0L;
        foreach (var file in folder.GetFiles("*", SearchOption.AllDirectories))
        {
            var content = await File.ReadAllBytesAsync(file.FullName);
            searched += content.Length;
            foreach (var word in words)
                Assert.True(content.AsSpan().IndexOf(word) < 0, $"{file.Name} holds {Encoding.UTF8.GetString(word)}");
        }
        Assert.True(searched > 4_096);
        foreach (var word in words)
        {
            Assert.DoesNotContain(Encoding.UTF8.GetString(word), metrics, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(word), metrics, StringComparison.OrdinalIgnoreCase);
        }
    }

    internal static async Task<SecretsClient> CreateAsync(string name, string relay, TimeSpan fetchSpread = default)
    {
        var options = new ClientOptions
        {
            Network = new StackRelayNetwork(TimeProvider.System, RandomSource.System),
            Store = new StoreOptions { PasswordCost = Argon2idParameters.ForTestsOnly(8, 1), AcceptAnyCostForTestsOnly = true },
            FetchSpread = fetchSpread,
        };
        var client = await SecretsClient.CreateAsync(new MemoryBackend(), name, Person.Password, options, CancellationToken.None);
        await client.AddRelayAsync(relay, CancellationToken.None);
        return client;
    }

    private static async Task<string[]> TextsAsync(SecretsClient client, ChatId chat) =>
        [.. (await client.GetMessagesAsync(chat, null, CancellationToken.None)).Where(m => m.Kind == MessageKind.Text).Select(m => m.Text)];

    /// <summary>Waits until something holds, looking again after each event.</summary>
    internal static async Task UntilAsync(SecretsClient client, Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        var events = client.ListenAsync(limit.Token);
        if (await holds())
            return;
        await foreach (var _ in events)
        {
            if (await holds())
                return;
        }
    }
}
