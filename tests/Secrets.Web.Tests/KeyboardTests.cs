using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Secrets.Web.Tests.Support.Catalogue;

namespace Secrets.Web.Tests;

/// <summary>Everything can be done without a mouse.</summary>
public sealed class KeyboardTests(Browser browser)
{
    private const string Focused = """
        () => { const e = document.activeElement; return e.getAttribute('aria-label') ?? e.labels?.[0]?.innerText ?? e.innerText ?? ''; }
        """;

    // one of them in the narrow layout, the other one in the wide one
    [Fact]
    public Task The_whole_first_path_goes_without_a_mouse() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.PersonAsync("Alice", Screen.Desk);
        await alice.VisitAsync();
        await CreateAsync(alice);
        await TabToAsync(alice, "new-chat");
        await PressAsync(alice, "Enter");
        await IsAtAsync(alice, "new-chat-name");
        await TypeAsync(alice, "Bob\n");
        await Expect(alice.Page.Locator(".qr")).ToBeVisibleAsync();
        await TabToAsync(alice, "copy-link");
        await PressAsync(alice, "Enter");
        await alice.SeesAsync("copied");
        await TabToAsync(alice, "secret-as-text");
        await PressAsync(alice, "Enter");
        await Expect(alice.Page.Locator(".secret-text")).ToBeVisibleAsync();
        var secret = await alice.SecretAsync();

        var bob = await world.PersonAsync("Bob", Screen.Phone);
        await bob.VisitAsync(world.Address + "#" + secret);
        await CreateAsync(bob);
        await bob.SeesAsync("join-link");
        await IsAtAsync(bob, "join-name");
        await TypeAsync(bob, "Alice");
        await TabToAsync(bob, "join-direct");
        await PressAsync(bob, "Space");
        await TabToAsync(bob, "join-start");
        await PressAsync(bob, "Enter");
        await bob.Composer.WaitForAsync();
        await TabToAsync(bob, "write");
        await TypeAsync(bob, "Typed");
        await PressAsync(bob, "Shift+Enter");
        await TypeAsync(bob, "in two lines\n");
        await alice.HearsAsync("in two lines");
        await TabToAsync(alice, "write");
        await TypeAsync(alice, "Answered.\n");
        await bob.HearsAsync("Answered.");

        // up and down through what was said, and out with Escape
        await TabToAsync(bob, "messages");
        await PressAsync(bob, "End");
        await Expect(bob.Message("Answered.")).ToBeFocusedAsync();
        await PressAsync(bob, "ArrowUp");
        await Expect(bob.Message("in two lines")).ToBeFocusedAsync();
        await PressAsync(bob, "Escape");
        await Expect(bob.Composer).ToHaveCountAsync(0);
        await PressAsync(bob, "?");
        await bob.SeesAsync("key-lists");
        await PressAsync(bob, "Escape");
        await bob.SeesNotAsync("key-lists");
        await PressAsync(bob, "/");
        await IsAtAsync(bob, "search");
        await PressAsync(bob, "ArrowDown");
        await PressAsync(bob, "Enter");
        await bob.Composer.WaitForAsync();
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_room_goes_without_a_mouse() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.PersonAsync("Alice", Screen.Desk);
        await alice.VisitAsync();
        await TabToAsync(alice, "open-room");
        await PressAsync(alice, "Enter");
        await TabToAsync(alice, "room-label");
        await TypeAsync(alice, "Harbour\n");
        _ = await alice.CodeAsync();
        await TabToAsync(alice, "write");
        await TypeAsync(alice, "Anybody here?\n");
        await alice.Message("Anybody here?").WaitForAsync();
        await TabToAsync(alice, "messages");
        await PressAsync(alice, "End");
        await Expect(alice.Message("Anybody here?")).ToBeFocusedAsync();
        await TabToAsync(alice, "room-reply");
        await PressAsync(alice, "Enter");
        await IsAtAsync(alice, "write");
        await TypeAsync(alice, "Not yet.\n");
        await Expect(alice.Message("Not yet.").Locator(".quote")).ToContainTextAsync("Anybody here?");
        await TabToAsync(alice, "room-details");
        await PressAsync(alice, "Enter");
        await alice.SeesAsync("room-lock-what");
        await TabToAsync(alice, "room-end");
        await PressAsync(alice, "Enter");
        await alice.Page.Locator("dialog").WaitForAsync();
        await TabToAsync(alice, "room-end");
        await PressAsync(alice, "Enter");
        await alice.SeesAsync("rooms-what");
    });

    private static async Task CreateAsync(Person person)
    {
        await TabToAsync(person, "create-identity");
        await PressAsync(person, "Enter");
        await IsAtAsync(person, "create-name");
        await TypeAsync(person, person.Name);
        await TabToAsync(person, "create-password");
        await TypeAsync(person, Person.Password + "\n");
        await person.Page.Locator(".shell").WaitForAsync();
    }

    private static Task PressAsync(Person person, string key) => person.Page.Keyboard.PressAsync(key);

    private static async Task TypeAsync(Person person, string text)
    {
        await person.Page.Keyboard.TypeAsync(text.TrimEnd('\n'));
        if (text.EndsWith('\n'))
            await PressAsync(person, "Enter");
    }

    private static async Task TabToAsync(Person person, string id)
    {
        List<string> passed = [];
        while (passed.Count < 40)
        {
            var at = (await person.Page.EvaluateAsync<string>(Focused)).Trim();
            if (at == Text(id))
                return;
            passed.Add(at);
            await PressAsync(person, "Tab");
        }
        Assert.Fail($"{person.Name} does not get to “{Text(id)}” with the Tab key, but to: {string.Join(" | ", passed)}");
    }

    private static async Task IsAtAsync(Person person, string id) => await Expect(person.Field(id)).ToBeFocusedAsync();
}
