using System.ComponentModel;
using System.Diagnostics;
using Secrets.Client;
using Secrets.Client.Network;
using Secrets.Client.Views;
using Secrets.Console.Tests.Support;
using Secrets.Crypto;
using Secrets.Store;

namespace Secrets.Console.Tests;

/// <summary>The bots of docs/guide/bots.md, run as it says: a relay, a daemon, another person.</summary>
public sealed class BotTests
{
    private static readonly string[] Files = ["csharp/EchoBot.cs", "javascript/echo-bot.js", "python/echo_bot.py"];

    /// <summary>The three at once, each in a world of its own: most of it is waiting for the bell of a relay.</summary>
    private static readonly Lazy<IReadOnlyDictionary<string, Task>> Runs = new(() => new[] { "csharp", "javascript", "python" }.ToDictionary(language => language, RunAsync));

    /// <summary>How long an echo is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("csharp")]
    [InlineData("javascript")]
    [InlineData("python")]
    public Task A_bot_echoes_what_is_said_once_also_after_the_daemon_was_gone_and_nothing_that_was_there_before(string language) => Runs.Value[language];

    [Fact]
    public async Task The_guide_shows_each_bot_as_it_is()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "guide", "bots.md"));

        foreach (var file in Files)
            Assert.Contains(await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "guide", "bots", file)), guide, StringComparison.Ordinal);
    }

    private static async Task RunAsync(string language)
    {
        await using var world = await ConsoleWorld.StartAsync();
        await SetUpAsync(world, language);
        await using var alice = await CreateAsync(world, new MemoryBackend(), "Alice");
        var chat = await MeetAsync(world, alice);
        await using var daemon = await TestDaemon.StartAsync(world, "bot");
        await using var bot = new RunningProgram(StartOf(world, language, daemon.ConnectFile));
        Assert.Equal("listening", await bot.LineAsync());

        await SayAsync(alice, chat, "Noodles at one?", "with tofu \u8c46\u8150");
        await AwaitAsync(alice, chat, "Noodles at one?", "with tofu \u8c46\u8150");

        // the bot waits for the next daemon, and answers what came while there was none
        Assert.Equal((0, ""), await daemon.EndAsync());
        await SayAsync(alice, chat, "are you there?");
        await using var next = await TestDaemon.StartAsync(world, "bot");
        Assert.Equal("listening", await bot.LineAsync());
        await AwaitAsync(alice, chat, "Noodles at one?", "with tofu \u8c46\u8150", "are you there?");
        Assert.Equal((0, ""), await next.EndAsync());
    }

    private static async Task<SecretsClient> CreateAsync(ConsoleWorld world, IStoreBackend backend, string name)
    {
        var options = new ClientOptions { Network = new StackRelayNetwork(TimeProvider.System, RandomSource.System), FetchSpread = TimeSpan.Zero };
        var client = await SecretsClient.CreateAsync(backend, name, "pw"u8.ToArray(), options, CancellationToken.None);
        await client.AddRelayAsync(world.RelayAddress, CancellationToken.None);
        return client;
    }

    /// <summary>Alice has a chat with the bot's identity, and has said something in it that was fetched before the bot began.</summary>
    private static async Task<ChatId> MeetAsync(ConsoleWorld world, SecretsClient alice)
    {
        var chat = await alice.CreateChatAsync("Echo", TimeSpan.FromDays(1), CancellationToken.None);
        _ = await alice.SyncAsync(CancellationToken.None);
        var secret = await alice.GetSecretAsync(chat.Id, TimeSpan.FromDays(1), renew: false, CancellationToken.None);
        await using var bot = await CreateAsync(world, new FileBackend(world["bot"]), "Echo");
        var joined = await bot.JoinChatAsync(secret.Text, "Alice", direct: true, allowOtherRelays: false, CancellationToken.None);
        await UntilAsync(alice, async () => (await alice.GetChatAsync(chat.Id, CancellationToken.None)).Stage == ChatStage.Open);
        await SayAsync(alice, chat.Id, "before the bot");
        await UntilAsync(bot, async () => (await TextsAsync(bot, joined.Id)).Length == 1);
        return chat.Id;
    }

    private static async Task SayAsync(SecretsClient alice, ChatId chat, params string[] texts)
    {
        foreach (var text in texts)
            _ = await alice.SendAsync(chat, text, CancellationToken.None);
    }

    /// <summary>Waits until the bot has said as much, and this; one text more, or one twice, is a fault.</summary>
    private static async Task AwaitAsync(SecretsClient alice, ChatId chat, params string[] texts)
    {
        await UntilAsync(alice, async () => (await TextsAsync(alice, chat)).Length >= texts.Length);
        Assert.Equal(texts, await TextsAsync(alice, chat));
    }

    /// <summary>What the other side said.</summary>
    private static async Task<string[]> TextsAsync(SecretsClient client, ChatId chat) =>
        [.. (await client.GetMessagesAsync(chat, null, CancellationToken.None)).Where(message => message is { Kind: MessageKind.Text, Own: false }).Select(message => message.Text)];

    /// <summary>Waits until something holds, looking again after each event.</summary>
    private static async Task UntilAsync(SecretsClient client, Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        var events = client.ListenAsync(limit.Token);
        if (await holds())
            return;
        await foreach (var _ in events)
        {
            if (await holds())
                return;
        }
    }

    private static ProcessStartInfo StartOf(ConsoleWorld world, string language, string connectFile)
    {
        var folder = Path.Combine(Root(), "docs", "guide", "bots", language);
        var start = language switch
        {
            "csharp" => new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EchoBot.dll"), connectFile]),
            "javascript" => new ProcessStartInfo("node", [Path.Combine(folder, "echo-bot.js"), connectFile]),
            _ => new ProcessStartInfo("python3", [Path.Combine(folder, "echo_bot.py"), connectFile]),
        };
        world.Prepare(start);
        return start;
    }

    /// <summary>What a person has: the packages installed, and the language at all.</summary>
    private static async Task SetUpAsync(ConsoleWorld world, string language)
    {
        if (language == "csharp")
            return;
        var folder = Path.Combine(Root(), "docs", "guide", "bots", "javascript");
        var start = language == "python" ? new ProcessStartInfo("python3", ["--version"])
            : Directory.Exists(Path.Combine(folder, "node_modules")) ? new ProcessStartInfo("node", ["--version"])
            : new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]);
        world.Prepare(start);
        if (start.FileName == "npm")
        {
            // as the person who runs the tests installs packages
            start.WorkingDirectory = folder;
            start.Environment["HOME"] = Environment.GetEnvironmentVariable("HOME");
        }
        try
        {
            var run = await ConsoleWorld.RunAsync(start, "");
            Assert.True(run.Code == 0, run.Error);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{start.FileName} is missing");
        }
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Secrets.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
