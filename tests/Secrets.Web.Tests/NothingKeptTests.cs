using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>A browser that lets no page keep anything.</summary>
public sealed class NothingKeptTests(Browser browser)
{
    // as a person sets it under “Site data”: no page may save anything
    private const string BlocksSiteData = """{"profile":{"default_content_setting_values":{"cookies":2}}}""";

    [Fact]
    [Trait("Run", "Long")]
    public Task Where_nothing_is_kept_the_app_says_so_first_works_and_asks_to_export() => World.PlayAsync(browser, async world =>
    {
        var settings = Directory.CreateDirectory(Path.Combine(world["profile"], "Default"));
        await File.WriteAllTextAsync(Path.Combine(settings.FullName, "Preferences"), BlocksSiteData);
        var alice = await world.PersonAsync("Alice", await browser.LaunchProfileAsync(world["profile"]));
        await alice.VisitAsync();
        await alice.SeesAsync("storage-nothing-kept");
        await alice.CreateAsync();
        await alice.SeesAsync("banner-memory");
        var link = await alice.MakeChatAsync("Bob");

        var bob = await world.PersonAsync("Bob", Screen.Phone);
        await bob.VisitAsync(link);
        await bob.CreateAsync();
        await bob.JoinAsync("Alice");
        await bob.WriteAsync("Can you keep this?");
        await alice.HearsAsync("Can you keep this?");
        await KeptNowhereAsync(world, alice, "Bob");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task Who_wants_nothing_to_be_kept_can_have_that_in_any_browser() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.PersonAsync("Alice", Screen.Desk);
        await alice.VisitAsync();
        await alice.PressAsync("create-identity");
        await alice.Page.GetByText(Catalogue.Text("more-choices")).ClickAsync();
        await alice.Field("create-memory").CheckAsync();
        await alice.FillAsync("create-name", "Alice");
        await alice.FillAsync("create-password", Person.Password);
        await alice.PressSubmitAsync();
        await alice.SeesAsync("banner-memory");
        _ = await alice.MakeChatAsync("Bob");
        await KeptNowhereAsync(world, alice, "Bob");
    });

    /// <summary>Leaving asks; the export is the way to keep it; after that it is gone here and whole in another browser.</summary>
    private static async Task KeptNowhereAsync(World world, Person alice, string chat)
    {
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Ask(object? sender, Microsoft.Playwright.IDialog dialog)
        {
            _ = asked.TrySetResult(dialog.Type);
            _ = dialog.DismissAsync();
        }
        alice.Page.Dialog += Ask;
        await alice.Page.CloseAsync(new() { RunBeforeUnload = true });
        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        alice.Page.Dialog -= Ask;

        await alice.ExportAsync(world["kept.s2"]);
        await alice.SeesNotAsync("banner-memory");
        _ = await alice.Page.ReloadAsync();
        await alice.SeesAsync("home-what");

        var again = await world.PersonAsync("Alice again", Screen.Phone);
        await again.VisitAsync();
        await again.ImportAsync(world["kept.s2"]);
        await Expect(again.Chat(chat)).ToBeVisibleAsync();
    }
}
