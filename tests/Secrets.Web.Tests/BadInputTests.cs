using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>What goes wrong is said in a sentence that names the next step.</summary>
public sealed class BadInputTests(Browser browser)
{
    [Fact]
    [Trait("Run", "Long")]
    public Task Wrong_passwords_are_told_and_make_a_pause() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Phone);
        await alice.PickAsync("lock-now");
        for (var tries = 1; tries <= 3; tries++)
        {
            await alice.FillAsync("password", "wrong " + tries);
            await alice.PressAsync("unlock");
            await alice.SeesAsync("error-store-wrong-password");
            if (tries < 3)
                await Expect(alice.Button("unlock")).ToBeEnabledAsync();
        }
        await Expect(alice.Button("unlock")).ToBeDisabledAsync();
        await Expect(alice.Page.GetByText("That was wrong a few times.")).ToBeVisibleAsync();
        await Expect(alice.Button("unlock")).ToBeEnabledAsync();
        await alice.UnlockAsync();
    });

    [Fact]
    public Task An_identity_needs_a_name_and_a_password_that_is_long_enough() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.PersonAsync("Alice", Screen.Phone);
        await alice.VisitAsync();
        await alice.PressAsync("create-identity");
        await alice.PressSubmitAsync();
        await alice.SeesAsync("create-name-missing");
        await alice.FillAsync("create-password", "short");
        await Expect(alice.Page.GetByText("Use at least")).ToBeVisibleAsync();
        await alice.FillAsync("create-name", new string('n', 65));
        await alice.FillAsync("create-password", Person.Password);
        await Expect(alice.Page.Locator(".strength .level3, .strength .level4")).ToBeVisibleAsync();
        await alice.PressSubmitAsync();
        await alice.SeesAsync("error-bad-name");
        await alice.PressAsync("password-draw");
        await alice.SeesAsync("password-drawn");
        await alice.FillAsync("create-name", "Alice");
        await alice.PressSubmitAsync();
        await alice.Page.Locator(".shell").WaitForAsync();
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_file_that_is_not_a_whole_export_is_refused_and_nothing_is_made() => World.PlayAsync(browser, async world =>
    {
        _ = await world.ConsoleSaysAsync("identity create --name Alice --store alice", Person.Password);
        _ = await world.ConsoleSaysAsync($"identity export {world["alice.s2"]} --store alice", Person.Password);
        var whole = await File.ReadAllBytesAsync(world["alice.s2"]);
        var damaged = whole.ToArray();
        damaged[^40] ^= 1;
        await File.WriteAllBytesAsync(world["damaged.s2"], damaged);
        await File.WriteAllBytesAsync(world["half.s2"], whole[..(whole.Length / 2)]);
        await File.WriteAllTextAsync(world["foreign.s2"], "Dear diary, nobody will ever read this.");

        var alice = await world.PersonAsync("Alice", Screen.Desk);
        await alice.VisitAsync();
        await alice.PressAsync("import-identity");
        await alice.PressSubmitAsync();
        await alice.SeesAsync("import-file-missing");
        await alice.SeesAsync("import-file-password-missing");
        await alice.ImportFileAsync(world["foreign.s2"], Person.Password);
        await alice.SeesAsync("error-store-not-an-export");
        await alice.ImportFileAsync(world["half.s2"], Person.Password);
        await alice.SeesAsync("error-store-damaged");
        await alice.ImportFileAsync(world["damaged.s2"], Person.Password);
        await alice.SeesAsync("error-store-damaged");
        await alice.ImportFileAsync(world["alice.s2"], "not the password");
        await alice.SeesAsync("error-store-wrong-password");
        _ = await alice.Page.ReloadAsync();
        await alice.SeesAsync("home-what");
        await alice.ImportAsync(world["alice.s2"]);
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task Secrets_that_cannot_work_are_refused_in_words() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Phone);
        var link = await alice.MakeChatAsync("Bob");
        var secret = link.Split('#')[1];
        await alice.PressAsync("back");
        await EnterAsync(alice, secret);
        await alice.SeesAsync("error-secret-is-own");

        // a mail program cut the link
        var bob = await world.PersonAsync("Bob", Screen.Phone);
        await bob.VisitAsync(link[..^12]);
        await bob.CreateAsync();
        await bob.FillAsync("join-name", "Alice");
        await bob.PressAsync("join-start");
        await bob.SeesAsync("error-secret-mistyped");
        await bob.FillAsync("secret", secret[..^1] + (secret[^1] == 'q' ? 'p' : 'q'));
        await bob.PressAsync("join-start");
        await bob.SeesAsync("error-secret-mistyped");
        await bob.FillAsync("secret", "https://somewhere.example/else");
        await bob.PressAsync("join-start");
        await bob.SeesAsync("error-secret-mistyped");
        await bob.FillAsync("secret", "");
        await bob.PressAsync("join-start");
        await bob.SeesAsync("secret-missing");
        await bob.PressAsync("scan");
        await bob.SeesAsync("error-camera-none");
        await bob.PressAsync("close");

        // what a person copies has the whole link, and line breaks of a mail
        await bob.FillAsync("secret", $"  {link}\n");
        await bob.JoinAsync("Alice");
        await alice.PressAsync("back");
        await alice.OpenChatAsync("Bob");
        await alice.NoticesAsync("they-joined", "Bob");

        await bob.PressAsync("back");
        await EnterAsync(bob, secret);
        await bob.SeesAsync("error-secret-already-entered");

        var carol = await world.NewcomerAsync("Carol", Screen.Phone);
        await EnterAsync(carol, secret);
        await carol.SeesAsync("error-secret-no-longer-good");
    });

    private static async Task EnterAsync(Person person, string secret)
    {
        await person.PressAsync("enter-secret");
        await person.FillAsync("secret", secret);
        await person.FillAsync("join-name", "Somebody");
        await person.PressAsync("join-start");
    }
}
