using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>A walk past every screen, on a phone, a tablet and a desk.</summary>
public sealed class ScreensTests(Browser browser)
{
    [Theory]
    [MemberData(nameof(Screen.Looked), MemberType = typeof(Screen))]
    public Task Every_screen_fits_and_can_be_used_by_everybody(int width) => World.PlayAsync(browser, async world =>
    {
        var screen = Screen.Of(width);
        var gallery = new Gallery(screen);
        var alice = await world.PersonAsync("Alice", screen);
        await alice.VisitAsync();
        await alice.SeesAsync("home-what");
        await gallery.HangAsync(alice, "first");
        await alice.PressAsync("import-identity");
        await gallery.HangAsync(alice, "import");
        await alice.PressAsync("back");
        await alice.PressAsync("create-identity");
        await alice.PressSubmitAsync();
        await gallery.HangAsync(alice, "create-missing");
        await alice.PressAsync("password-draw");
        await alice.FillAsync("create-name", "Alice");
        await Expect(alice.Page.Locator(".strength .level4")).ToBeVisibleAsync();
        await gallery.HangAsync(alice, "create-words");
        await alice.FillAsync("create-password", Person.Password);
        await alice.PressSubmitAsync();
        await alice.Page.Locator(".shell").WaitForAsync();
        await gallery.HangAsync(alice, "empty");
        await alice.PressAsync("new-chat");
        await gallery.HangAsync(alice, "new-chat");
        await alice.PressAsync("back");
        var link = await alice.MakeChatAsync("Lunch");
        await gallery.HangAsync(alice, "secret");
        await alice.WriteAsync("Are you there?");
        await gallery.HangAsync(alice, "waiting");

        var bob = await world.PersonAsync("Bob", screen);
        await bob.VisitAsync(link);
        await bob.SeesAsync("link-waits-create");
        await gallery.HangAsync(bob, "link");
        await bob.CreateAsync();
        await bob.FillAsync("join-name", "Alice");
        await gallery.HangAsync(bob, "join");
        await bob.JoinAsync("Alice");
        await bob.HearsAsync("Are you there?");
        await bob.WriteAsync("Yes. https://noodles.example/menu, at one?");
        await alice.HearsAsync("at one?");
        await alice.WriteAsync("Good.\nSee you there.");
        await bob.HearsAsync("See you there.");
        await gallery.HangAsync(alice, "chat");
        await alice.PressAsync("chat-settings");
        await gallery.HangAsync(alice, "chat-settings");
        await alice.PressAsync("they-match");
        await alice.SeesAsync("safety-done");
        await gallery.HangAsync(alice, "verified");
        await alice.ToListAsync();
        await gallery.HangAsync(alice, "chats");
        await alice.PressAsync("enter-secret");
        await alice.FillAsync("secret", "secret1 nothing");
        await alice.FillAsync("join-name", "Nobody");
        await alice.PressAsync("join-start");
        await alice.SeesAsync("error-secret-mistyped");
        await gallery.HangAsync(alice, "join-mistyped");
        await alice.PressAsync("scan");
        await alice.SeesAsync("error-camera-none");
        await gallery.HangAsync(alice, "scan-no-camera");
        await alice.PressAsync("close");
        await alice.ToListAsync();
        await alice.Page.Locator(".identity-button").ClickAsync();
        await gallery.HangAsync(alice, "menu");
        await alice.Page.Keyboard.PressAsync("Escape");
        await alice.PickAsync("identity-and-settings");
        await gallery.HangAsync(alice, "identity");
        await alice.PressAsync("change-password");
        await gallery.HangAsync(alice, "change-password");
        await alice.PressAsync("delete-identity");
        await gallery.HangAsync(alice, "delete-identity");
        await alice.PressAsync("close");
        await alice.PickAsync("relays");
        await alice.PressAsync("relay-test");
        await Expect(alice.Page.Locator(".relay .note")).ToBeVisibleAsync();
        await gallery.HangAsync(alice, "relays");
        await alice.PickAsync("install-app");
        await gallery.HangAsync(alice, "install");
        await alice.PressAsync("back");
        await alice.PickAsync("about");
        await gallery.HangAsync(alice, "about");
        await alice.PressAsync("back");
        await alice.PickAsync("keys");
        await gallery.HangAsync(alice, "keys");
        await alice.PressAsync("close");
        await alice.ExportAsync(world["alice.s2"]);
        await alice.SeesAsync("export-done-backup");
        await gallery.HangAsync(alice, "export");

        var again = await world.PersonAsync("Alice again", screen);
        await again.VisitAsync();
        await again.ImportAsync(world["alice.s2"]);
        await again.OpenChatAsync("Lunch");
        await again.NoticesAsync("you-returned", "Bob");
        await bob.NoticesAsync("they-returned", "Alice");
        await again.WriteAsync("On my new device.");
        await bob.HearsAsync("On my new device.");
        await gallery.HangAsync(again, "returned");
        await gallery.HangAsync(bob, "they-returned");
        await alice.ToListAsync();
        await alice.SeesAsync("banner-copy");
        await alice.Chat("Lunch").ClickAsync();
        await alice.NoticesAsync("copy-in-use", "Bob");
        await gallery.HangAsync(alice, "copy-in-use");

        await again.PressAsync("chat-settings");
        await again.PressAsync("delete-chat");
        await gallery.HangAsync(again, "delete-chat");
        await again.Page.Locator("dialog .danger").ClickAsync();
        await again.SeesAsync("toast-deleted");
        await gallery.HangAsync(again, "deleted");
        await again.PressAsync("undo");
        await again.PickAsync("lock-now");
        await again.FillAsync("password", "wrong");
        await again.PressAsync("unlock");
        await again.SeesAsync("error-store-wrong-password");
        await gallery.HangAsync(again, "unlock-wrong");
        await again.UnlockAsync();
        await again.ExportAsync(world["moved.s2"], move: true);
        await again.SeesAsync("banner-retired");
        await gallery.HangAsync(again, "retired");

        await world.StopRelayAsync();
        await bob.WriteAsync("Where is everybody?");
        await bob.SeesAsync("waiting-offline");
        await gallery.HangAsync(bob, "offline");
        Assert.Empty(gallery.Faults);
    });
}
