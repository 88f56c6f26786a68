using System.Globalization;
using Microsoft.Playwright;
using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>Staying in a room: over a reload, a lost connection and a restart of the relay, in this tab and in no other.</summary>
public sealed class RoomStayTests(Browser browser)
{
    [Fact]
    public Task A_place_in_a_room_outlives_a_reload_and_a_restart_of_the_relay_but_not_the_tab() => World.PlayAsync(browser, async world =>
    {
        world.HasServiceWorkers = true;
        var alice = await world.PersonAsync("Alice", Screen.Desk);
        await alice.VisitAsync();
        await alice.WorksOfflineAsync();
        _ = await alice.OpenRoomAsync("Harbour");
        var link = await alice.LinkAsync();

        var bob = await world.PersonAsync("Bob", Screen.Phone);
        await bob.EnterByLinkAsync(link);
        Assert.DoesNotContain("room1", bob.Page.Url, StringComparison.Ordinal);
        await bob.WriteAsync("Before the reload.");
        await alice.HearsAsync("Before the reload.");
        await bob.Page.Locator(".composer input[type=file]").SetInputFilesAsync(new FilePayload { Name = "map.bin", MimeType = "", Buffer = "the way to the harbour"u8.ToArray() });
        await alice.HearsAsync("map.bin");
        await alice.PressAsync("room-details");
        await alice.FillAsync("room-label", "The old harbour");
        await alice.PressAsync("rename");
        await Expect(alice.Page.Locator("h1")).ToContainTextAsync("The old harbour");
        await alice.PressAsync("room-details");
        await alice.Composer.FillAsync("Half a sent");
        _ = await alice.Page.ReloadAsync();
        await alice.HearsAsync("Before the reload.");
        await Expect(alice.Composer).ToHaveValueAsync("Half a sent");
        await Expect(alice.Page.Locator("h1")).ToContainTextAsync("The old harbour");
        var file = alice.Page.Locator(".room-file").Filter(new() { HasText = "map.bin" });
        var download = await alice.Page.RunAndWaitForDownloadAsync(() => file.GetByRole(AriaRole.Button, new() { Name = Catalogue.Text("room-save-file") }).ClickAsync());
        await download.SaveAsAsync(world["map"]);
        Assert.Equal("the way to the harbour", await File.ReadAllTextAsync(world["map"]));
        await alice.ActOnAsync("Before the reload.", "room-reply");
        await alice.SayAsync("After it.");
        await bob.HearsAsync("After it.");
        await Expect(bob.Message("After it.").Locator(".quote")).ToContainTextAsync("Before the reload.");

        // another tab of the same browser has no part in it
        var first = alice.Page;
        alice.Page = await alice.Context.NewPageAsync();
        await alice.VisitAsync();
        await alice.SeesAsync("rooms-what");
        await alice.Page.CloseAsync();
        alice.Page = first;

        // a link that is opened in this tab leads to the form, and back leads back
        _ = await bob.Page.EvaluateAsync($"location.hash = '{new Uri(link).Fragment}'");
        await bob.SeesAsync("enter-room-link");
        _ = await bob.Page.GoBackAsync();
        await bob.HearsAsync("After it.");

        await world.StopRelayAsync();
        await bob.SeesAsync("room-connecting");
        await bob.SayAsync("While it is away.");
        // whoever loads the page again, and once more on the way back, keeps the place, and what waited is said
        await alice.SayAsync("Said into the wind.");
        await Task.Delay(1_000);
        for (var i = 0; i < 2; i++)
        {
            _ = await alice.Page.ReloadAsync();
            await alice.SeesAsync("room-coming-back");
        }
        await world.StartRelayAsync();
        await alice.HearsAsync("While it is away.");
        await bob.HearsAsync("Said into the wind.");
        await Expect(alice.Message("Said into the wind.")).ToHaveCountAsync(1);
        await bob.SeesNotAsync("room-connecting");

        // the owner is away for a moment, and comes back to the same place
        _ = await alice.Page.GotoAsync("about:blank");
        await bob.SeesAsync("room-owner-away");
        await Expect(bob.Page.Locator(".countdown")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[01]:[0-5][0-9]$"));
        var gallery = new Gallery(Screen.Phone);
        await gallery.HangAsync(bob, "room-owner-away");
        _ = await alice.Page.GoBackAsync();
        await alice.HearsAsync("While it is away.");
        await bob.SeesNotAsync("room-owner-away");
        await bob.WriteAsync("Welcome back.");
        await alice.HearsAsync("Welcome back.");

        // many at once: each picture under its own name
        var several = new List<FilePayload>();
        for (var width = 100; width < 180; width += 10)
            several.Add(new FilePayload { Name = $"w{width}.png", MimeType = "image/png", Buffer = await bob.Page.ScreenshotAsync(new() { Clip = new() { Width = width, Height = 20 } }) });
        await bob.Page.Locator(".composer input[type=file]").SetInputFilesAsync(several);
        foreach (var width in several.Select(static file => int.Parse(file.Name[1..4], CultureInfo.InvariantCulture)))
            await Expect(alice.Page.Locator(".room-file").Filter(new() { HasText = $"w{width}.png" }).Locator("img")).ToHaveJSPropertyAsync("naturalWidth", width);

        Assert.Empty(await KeptAsync(alice, "Welcome back."));
        Assert.Empty(gallery.Faults);
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_rooms_link_and_a_secret_are_told_apart_and_a_room_goes_on_beside_an_identity() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.PersonAsync("Alice", Screen.Desk);
        await alice.VisitAsync();
        var code = await alice.OpenRoomAsync("");
        var link = await alice.LinkAsync();
        var bob = await world.NewcomerAsync("Bob", Screen.Tablet);
        var chat = await bob.MakeChatAsync("Lunch");
        await bob.PressAsync("enter-secret");
        await bob.FillAsync("secret", link);
        await bob.SeesAsync("secret-is-room");
        await bob.PressAsync("enter-room");
        await bob.NameAsync();
        await bob.WriteAsync("Which harbour?");
        await alice.HearsAsync("Which harbour?");
        await alice.ActOnAsync("Which harbour?", "room-reply");
        await alice.SayAsync("The **old** one, by the [mole](https://harbour.example/mole).");
        await bob.HearsAsync("by the mole");
        await bob.ActOnAsync("by the mole", "room-react");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "👍" }).ClickAsync();
        await Expect(bob.Page.Locator(".reactions button")).ToHaveCountAsync(1);
        await bob.WriteAsync("See you at one.");
        await bob.Composer.FocusAsync();
        var gallery = new Gallery(Screen.Tablet);
        await gallery.HangAsync(bob, "room-tablet");
        await bob.PressAsync("back");
        await alice.WriteAsync("At one.");
        await Expect(bob.Page.Locator(".room-rows .count")).ToContainTextAsync("1");
        await gallery.HangAsync(bob, "room-in-list");
        await bob.PickAsync("lock-now");
        await bob.Page.Locator(".room-rows button").ClickAsync();
        await bob.HearsAsync("At one.");
        await bob.PressAsync("back");
        await bob.PressAsync("enter-room");
        await bob.FillAsync("room-code", chat);
        await bob.SeesAsync("room-code-is-secret-locked");
        Assert.Equal(8, code.Split(' ').Length);
        Assert.Empty(gallery.Faults);
    });

    /// <summary>Whatever of a text this browser has on its disk for the page.</summary>
    private static Task<string[]> KeptAsync(Person person, string text) => person.Page.EvaluateAsync<string[]>(
        """
        async (text) => {
          const found = Object.entries({ ...localStorage, ...sessionStorage }).flat().filter((kept) => kept.includes(text));
          for (const { name } of await indexedDB.databases()) {
            const opened = await new Promise((done, fail) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result); asked.onerror = fail; });
            for (const store of opened.objectStoreNames) {
              const all = await new Promise((done) => { const asked = opened.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
              for (const one of all) {
                const kept = one instanceof Uint8Array ? new TextDecoder().decode(one) : JSON.stringify(one);
                if (kept.includes(text)) found.push(`${name}/${store}`);
              }
            }
            opened.close();
          }
          for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) if (request.url.includes('room1')) found.push(request.url);
          return found;
        }
        """,
        text);
}
