using Secrets.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Secrets.Web.Tests;

/// <summary>How two people come to know that nobody is between them.</summary>
public sealed class VerifyingTests(Browser browser)
{
    [Theory]
    [Trait("Run", "Long")]
    [MemberData(nameof(Screen.Walked), MemberType = typeof(Screen))]
    public Task Both_secrets_entered_directly_make_the_chat_verified(int width) => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Of(width));
        var link = await alice.MakeChatAsync("Bob");
        var bob = await world.PersonAsync("Bob", Screen.Of(width));
        await bob.VisitAsync(link);
        await bob.CreateAsync();
        await bob.JoinAsync("Alice", direct: true);
        await bob.WriteAsync("Now my secret for you.");
        await alice.HearsAsync("Now my secret for you.");

        await bob.PressAsync("chat-settings");
        await bob.PressAsync("show-secret");
        var secret = await bob.SecretAsync();
        await alice.PressAsync("chat-settings");
        await alice.PressAsync("enter-theirs");
        await alice.SeesAsync("join-into");
        await alice.FillAsync("secret", secret);
        await alice.Field("join-direct").CheckAsync();
        await alice.PressAsync("join-add");
        await alice.NoticesAsync("verified", "Bob");
        await alice.SeesAsync("trust-verified");
        await bob.PressAsync("back");
        await bob.NoticesAsync("verified", "Alice");
        await bob.SeesAsync("trust-verified");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task Both_secrets_that_came_by_other_ways_are_not_yet_verified() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Desk, Screen.Desk);
        await bob.PressAsync("chat-settings");
        await bob.PressAsync("show-secret");
        var secret = await bob.SecretAsync();
        await alice.PressAsync("chat-settings");
        await alice.PressAsync("enter-theirs");
        await alice.FillAsync("secret", secret);
        await alice.PressAsync("join-add");
        await alice.NoticesAsync("both-secrets-exchanged", "Bob");
        await alice.SeesAsync("trust-both-secrets-exchanged");
        await alice.SeesNotAsync("trust-verified");
    });

    [Fact]
    public Task The_safety_number_is_the_same_on_both_sides_and_comparing_it_verifies() => World.PlayAsync(browser, async world =>
    {
        var (alice, bob) = await world.PairAsync(Screen.Phone, Screen.Desk);
        await alice.PressAsync("trust-not-verified");
        await bob.PressAsync("trust-not-verified");
        var hers = await alice.Page.Locator(".number").InnerTextAsync();
        var his = await bob.Page.Locator(".number").InnerTextAsync();
        Assert.Equal(string.Join(' ', hers.Split()), string.Join(' ', his.Split()));

        await alice.PressAsync("they-match");
        await alice.SeesAsync("safety-done");
        await alice.SeesAsync("trust-verified");

        var number = string.Join(' ', his.Split());
        await bob.FillAsync("safety-theirs", (number[0] == '0' ? '1' : '0') + number[1..]);
        await bob.PressAsync("compare");
        await bob.SeesAsync("error-number-differs");
        await bob.FillAsync("safety-theirs", number);
        await bob.PressAsync("compare");
        await bob.SeesAsync("safety-done");
    });

    [Fact]
    [Trait("Run", "Long")]
    public Task A_picture_of_the_code_on_the_other_screen_is_enough_to_join() => World.PlayAsync(browser, async world =>
    {
        var alice = await world.NewcomerAsync("Alice", Screen.Phone);
        _ = await alice.MakeChatAsync("Bob");
        var picture = world["code.png"];
        _ = await alice.Page.ScreenshotAsync(new() { Path = picture });
        var bob = await world.NewcomerAsync("Bob", Screen.Phone);
        await bob.PressAsync("enter-secret");
        await bob.Page.Locator("input[type=file]").SetInputFilesAsync(picture);
        await Expect(bob.Field("secret")).ToHaveValueAsync((await alice.SecretAsync()).ToUpperInvariant());
        await bob.JoinAsync("Alice");
        await alice.NoticesAsync("they-joined", "Bob");
    });
}
