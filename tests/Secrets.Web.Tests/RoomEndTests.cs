using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>Rooms that end without anybody's word: what those who are in them are told.</summary>
public sealed class RoomEndTests(Browser browser)
{
    [Fact]
    public Task Where_nobody_says_anything_for_long_the_room_ends_for_everybody() => World.PlayAsync(browser.Chromium, browser.CheapWeb, async world =>
    {
        var people = await world.MeetInRoomAsync(Screen.Desk, Screen.Phone);
        var (alice, bob) = (people[0], people[1]);
        await alice.WriteAsync("Until then.");
        await bob.HearsAsync("Until then.");
        await EndsAsync(bob, "room-ended-idle");
        await alice.SeesAsync("room-ended-idle");
        // what was said stays on the screen until it is closed
        await bob.HearsAsync("Until then.");
    }, options => options with { Rooms = options.Rooms with { Idle = TimeSpan.FromSeconds(15) } });

    [Fact]
    [Trait("Run", "Long")]
    public Task Where_the_owner_does_not_come_back_within_a_minute_the_room_ends() => World.PlayAsync(browser, async world =>
    {
        var people = await world.MeetInRoomAsync(Screen.Desk, Screen.Phone);
        var (alice, bob) = (people[0], people[1]);
        await alice.WriteAsync("I am in a tunnel soon.");
        await bob.HearsAsync("in a tunnel");
        await alice.Page.CloseAsync();
        await bob.SeesAsync("room-owner-away");
        await Expect(bob.Page.Locator(".countdown")).ToHaveTextAsync("0:00");
        await EndsAsync(bob, "room-ended-owner-lost");
    });

    private static async Task EndsAsync(Person person, string why)
    {
        await person.SeesAsync(why);
        await Expect(person.Composer).ToHaveCountAsync(0);
        await Gallery.LookAsync(person, why);
    }
}
