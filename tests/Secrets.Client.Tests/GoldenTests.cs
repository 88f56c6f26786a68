using Secrets.Client.Network;
using Secrets.Client.Views;
using Secrets.Protocol.Chats;
using Secrets.Store;

namespace Secrets.Client.Tests;

/// <summary>Identities as released versions wrote them: they open in every later one (E-24). Never rewritten; a new version adds a folder.</summary>
public sealed class GoldenTests : IDisposable
{
    private static readonly ReadOnlyMemory<byte> Password = "golden"u8.ToArray();

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "golden-" + Guid.NewGuid().ToString("N"));

    [Theory]
    [InlineData("0.1.0")]
    public async Task The_owner_s_store_opens_and_its_session_goes_on(string version)
    {
        await using var client = await OpenAsync(version, "alice");

        var chats = await client.GetChatsAsync(CancellationToken.None);
        Assert.Equal(["Lunch", "Waiting"], chats.Select(c => c.Name).Order());
        Assert.Equal([ChatStage.Open, ChatStage.WaitingForGuest], chats.OrderBy(c => c.Name).Select(c => c.Stage));
        var lunch = chats.Single(c => c.Name == "Lunch");
        Assert.Equal(["before you joined", "hello", "Noodles at one?", "kept for later"], await TextsAsync(client, lunch));
        Assert.Equal(DeliveryState.Waiting, (await client.SendAsync(lunch.Id, "and on", CancellationToken.None)).State);
        Assert.False((await client.GetSecretAsync(chats.Single(c => c.Name == "Waiting").Id, TimeSpan.FromDays(14), renew: false, CancellationToken.None)).Text.Length == 0);
    }

    [Theory]
    [InlineData("0.1.0")]
    public async Task The_guest_s_store_opens_and_its_session_goes_on(string version)
    {
        await using var client = await OpenAsync(version, "bob");

        var chat = Assert.Single(await client.GetChatsAsync(CancellationToken.None));
        Assert.Equal((ChatStage.Open, "Alice"), (chat.Stage, chat.Participant));
        Assert.Equal(["before you joined", "hello", "Noodles at one?"], (await TextsAsync(client, chat)).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(DeliveryState.Waiting, (await client.SendAsync(chat.Id, "and on", CancellationToken.None)).State);
    }

    [Theory]
    [InlineData("0.1.0", "alice", "Lunch")]
    [InlineData("0.1.0", "bob", "Alice")]
    public async Task A_store_that_this_version_has_written_to_opens_again(string version, string name, string chatName)
    {
        await using (var client = await OpenAsync(version, name))
        {
            var chat = (await client.GetChatsAsync(CancellationToken.None)).Single(c => c.Name == chatName);
            _ = await client.SendAsync(chat.Id, "and on", CancellationToken.None);
        }
        for (var i = 0; i < 2; i++)
        {
            await using var client = await SecretsClient.OpenAsync(new FileBackend(_folder), Password, Options(), connect: false, CancellationToken.None);
            var chat = (await client.GetChatsAsync(CancellationToken.None)).Single(c => c.Name == chatName);
            Assert.Equal(ChatStage.Open, chat.Stage);
            _ = await client.SendAsync(chat.Id, $"again {i}", CancellationToken.None);
            Assert.Equal(["and on", .. Enumerable.Range(0, i + 1).Select(n => $"again {n}")], (await TextsAsync(client, chat)).TakeLast(i + 2));
        }
    }

    [Theory]
    [InlineData("0.1.0")]
    public async Task An_exported_file_becomes_a_new_device(string version)
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", version, "alice.s2"));
        await using var client = await SecretsClient.ImportAsync(file, Password, new MemoryBackend(), Password, Options(), CancellationToken.None);

        var chats = await client.GetChatsAsync(CancellationToken.None);
        Assert.Equal([ChatStage.Returning, ChatStage.NeedsNewSecret], chats.OrderBy(c => c.Name).Select(c => c.Stage));
        Assert.Equal(["before you joined", "hello", "Noodles at one?"], await TextsAsync(client, chats.Single(c => c.Name == "Lunch")));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task<SecretsClient> OpenAsync(string version, string name)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Golden", version, name);
        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder, Path.GetRelativePath(source, path));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
        return await SecretsClient.OpenAsync(new FileBackend(_folder), Password, Options(), connect: false, CancellationToken.None);
    }

    private static async Task<string[]> TextsAsync(SecretsClient client, ChatView chat) =>
        [.. (await client.GetMessagesAsync(chat.Id, null, CancellationToken.None)).Where(m => m.Kind == MessageKind.Text).Select(m => m.Text)];

    private static ClientOptions Options() => new() { Network = new NoNetwork(), Time = new ThatDay() };

    /// <summary>The clock of the day on which the copies were made: secrets in them are still good.</summary>
    private sealed class ThatDay : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 16, 0, 0, TimeSpan.Zero);
    }

    private sealed class NoNetwork : IRelayNetwork
    {
        public ValueTask<IRelayLink> ConnectAsync(string address, CancellationToken cancellationToken) => throw new RelayException(isTransient: true);
    }
}
