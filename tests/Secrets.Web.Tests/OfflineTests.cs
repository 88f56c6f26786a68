using Secrets.Web.Tests.Support;

namespace Secrets.Web.Tests;

/// <summary>Relays go and come back.</summary>
public sealed class OfflineTests(Browser browser)
{
    [Fact]
    [Trait("Run", "Long")]
    public Task What_is_said_while_the_relay_is_away_goes_out_when_it_is_back() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Phone, Screen.Desk);
        await alice.SeesNotAsync("banner-offline");
        await world.StopRelayAsync();
        await alice.WriteAsync("Said into the dark.");
        await alice.IsInStateAsync("Said into the dark.", "waiting");
        await alice.SeesAsync("waiting-offline");
        await bob.SeesAsync("banner-offline");
        await bob.WriteAsync("I hear nothing.");

        await world.StartRelayAsync();
        await bob.HearsAsync("Said into the dark.");
        await alice.HearsAsync("I hear nothing.");
        await alice.IsInStateAsync("Said into the dark.", "sent");
        await bob.SeesNotAsync("banner-offline");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task What_waits_survives_a_reload_and_a_relay_that_is_away() => World.PlayAsync(browser, async world =>
    {
        world.HasServiceWorkers = true;
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Desk);
        await alice.WorksOfflineAsync();
        await world.StopRelayAsync();
        await alice.WriteAsync("Kept through a reload.");
        await alice.IsInStateAsync("Kept through a reload.", "waiting");
        _ = await alice.Page.ReloadAsync();
        await alice.UnlockAsync();
        await alice.OpenChatAsync("Bob");
        await alice.IsInStateAsync("Kept through a reload.", "waiting");
        await world.StartRelayAsync();
        await bob.HearsAsync("Kept through a reload.");
    });
}
