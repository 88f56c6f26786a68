using Secrets.Web.Tests.Support;

namespace Secrets.Web.Tests;

/// <summary>A browser and the console are two ways to the same thing.</summary>
public sealed class ConsoleTests(Browser browser)
{
    private const string Pw = "pw";

    [Fact]
    [Trait("Run", "Long")]
    public Task The_console_joins_with_a_secret_from_a_browser() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Desk);
        _ = await alice.MakeChatAsync("Bob");
        var secret = await alice.SecretAsync();
        _ = await world.ConsoleSaysAsync("identity create --name Bob --store bob", Pw);
        _ = await world.ConsoleSaysAsync("chat join --name Alice --store bob", Pw, secret);
        await alice.NoticesAsync("they-joined", "Bob");

        await alice.WriteAsync("From the browser.");
        await alice.IsInStateAsync("From the browser.", "sent");
        _ = await world.ConsoleSaysAsync("sync --store bob", Pw);
        Assert.Contains("Alice", await world.ConsoleSaysAsync("read Alice --store bob", Pw), StringComparison.Ordinal);
        Assert.Contains("From the browser.", await world.ConsoleSaysAsync("read Alice --store bob", Pw), StringComparison.Ordinal);
        _ = await world.ConsoleSaysAsync("send Alice \"From the console.\" --store bob", Pw);
        await alice.HearsAsync("From the console.");
        await alice.IsInStateAsync("From the browser.", "received");
    });

    [Fact]
    public Task A_browser_joins_with_a_secret_from_the_console() => World.PlayAsync(browser, async world =>
    {
        _ = await world.ConsoleSaysAsync("identity create --name Alice --store alice", Pw);
        var made = await world.ConsoleSaysAsync("chat create Bob --store alice", Pw);
        var secret = made.Split('\n').Select(line => line.Trim()).Single(line => line.StartsWith("secret1", StringComparison.Ordinal));
        var bob = await world.NewcomerAsync("Bob", Screen.Phone);
        await bob.PressAsync("enter-secret");
        await bob.FillAsync("secret", secret);
        await bob.JoinAsync("Alice");
        await bob.WriteAsync("From the browser.");
        _ = await world.ConsoleSaysAsync("sync --store alice", Pw);
        Assert.Contains("From the browser.", await world.ConsoleSaysAsync("read Bob --store alice", Pw), StringComparison.Ordinal);
        _ = await world.ConsoleSaysAsync("send Bob \"From the console.\" --store alice", Pw);
        await bob.HearsAsync("From the console.");
    });
}
